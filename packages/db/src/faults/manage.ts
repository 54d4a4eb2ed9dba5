import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, Tx } from '../tx/index.ts';
import { isActive, readFaults } from './rows.ts';
import type { Fault } from './rule.ts';

export type NewFault = Omit<Fault, 'id' | 'remaining' | 'createdAt'>;

/** Which rules to remove; an empty selection means all. */
export interface FaultSelection {
  readonly id?: string;
  readonly service?: string;
  readonly operation?: string;
}

/** Rules that can still fire, oldest first. */
export function listFaults(pool: Pool): Promise<Fault[]> {
  return readFaults(pool, 'read');
}

/** Switches a fault on. When this returns every live worker obeys it, so the next call meets it. */
export async function setFault(pool: Pool, rule: NewFault): Promise<Fault> {
  const id = randomUUID();
  const version = await pool.transaction(async (tx) => {
    await tx.query(
      `insert into saga.fault (id, service, operation, kind, delay_ms, jitter_ms, probability,
                               next_calls, remaining, order_id, sku, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)`,
      [
        id,
        rule.service,
        rule.operation,
        rule.kind,
        rule.delayMs ?? null,
        rule.jitterMs ?? null,
        rule.probability === undefined ? null : String(rule.probability),
        rule.nextCalls ?? null,
        rule.orderId ?? null,
        rule.sku ?? null,
        rule.expiresAt ?? null,
      ],
    );
    return raiseVersion(tx);
  });
  await untilObeyed(pool, version);
  const stored = (await listFaults(pool)).find((fault) => fault.id === id);
  // Spent or expired between the two statements: say what was asked for.
  return stored ?? { ...rule, id, createdAt: new Date().toISOString() };
}

/** Switches faults off and returns how many there were that could still fire. */
export async function clearFaults(pool: Pool, selection: FaultSelection = {}): Promise<number> {
  const { version, cleared } = await pool.transaction(async (tx) => {
    const rows = await tx.query<{ active: boolean }>(
      `delete from saga.fault
        where ($1::uuid is null or id = $1) and ($2::text is null or service = $2)
          and ($3::text is null or operation = $3) returning ${isActive} as active`,
      [selection.id ?? null, selection.service ?? null, selection.operation ?? null],
    );
    return { cleared: rows.filter(({ active }) => active).length, version: await raiseVersion(tx) };
  });
  await untilObeyed(pool, version);
  return cleared;
}

async function raiseVersion(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ version: string }>(
    'update saga.fault_version set version = version + 1 returning version',
  );
  if (!row) throw new Error('The table saga.fault_version is empty; run the migrations.');
  return row.version;
}

const pollMs = 20;
/** A worker that is silent for longer is taken for dead. */
const obeyedMsMax = 5_000;

async function untilObeyed(pool: Pool, version: string): Promise<void> {
  await pool.query(`select pg_notify('counterstep', 'faults')`);
  for (let waitedMs = 0; waitedMs < obeyedMsMax; waitedMs += pollMs) {
    const behind = await pool.query(
      `select 1 from saga.worker where status = 'live' and fault_version < $1
          and heartbeat_at > clock_timestamp() - $2::int * interval '1 ms' limit 1`,
      [version, obeyedMsMax],
    );
    if (behind.length === 0) return;
    await delay(pollMs);
  }
}
