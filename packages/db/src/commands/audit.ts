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
export function writeAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  return writeAudits(tx, [entry]);
}

export async function writeAudits(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query(
    `insert into saga.audit (saga_id, action, actor, reason, result, seq)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[])`,
    [
      entries.map(({ sagaId }) => sagaId),
      entries.map(({ action }) => action),
      entries.map(({ actor }) => actor),
      entries.map(({ reason }) => reason),
      entries.map(({ result }) => result),
      entries.map(({ seq }) => seq ?? null),
    ],
  );
}
