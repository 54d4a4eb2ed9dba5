import type { Tx } from '../tx/index.ts';

export interface AuditEntry {
  readonly sagaId: string;
  readonly action: string;
  readonly actor: string;
  readonly reason: string;
  readonly result: string;
  /** Sequence of the event that the act left in the log. */
  readonly seq?: number;
}

/** Writes down what somebody did or was refused to do, in the transaction of the act itself. */
export async function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.query(
    `insert into saga.audit (saga_id, action, actor, reason, result, seq) values ($1, $2, $3, $4, $5, $6)`,
    [entry.sagaId, entry.action, entry.actor, entry.reason, entry.result, entry.seq ?? null],
  );
}
