import type { Queryable } from '../tx/index.ts';
import type { Fault, FaultKind } from './rule.ts';

interface FaultRow {
  readonly id: string;
  readonly service: string;
  readonly operation: string;
  readonly kind: FaultKind;
  readonly delay_ms: number | null;
  readonly jitter_ms: number | null;
  readonly probability: string | null;
  readonly next_calls: number | null;
  readonly remaining: number | null;
  readonly order_id: string | null;
  readonly sku: string | null;
  readonly expires_at: Date | null;
  readonly created_at: Date;
}

/** The rule can still fire. */
export const isActive = `(expires_at is null or expires_at > clock_timestamp()) and (remaining is null or remaining > 0)`;

/** Rules that can still fire, oldest first. `lock` keeps their counts to this transaction. */
export async function readFaults(db: Queryable, mode: 'read' | 'lock'): Promise<Fault[]> {
  const rows = await db.query<FaultRow>(
    `select * from saga.fault where ${isActive} order by created_at, id${mode === 'lock' ? ' for update' : ''}`,
  );
  return rows.map(fromRow);
}

function fromRow(row: FaultRow): Fault {
  return {
    id: row.id,
    service: row.service,
    operation: row.operation,
    kind: row.kind,
    ...(row.delay_ms !== null && { delayMs: row.delay_ms }),
    ...(row.jitter_ms !== null && { jitterMs: row.jitter_ms }),
    ...(row.probability !== null && { probability: Number(row.probability) }),
    ...(row.next_calls !== null && { nextCalls: row.next_calls }),
    ...(row.remaining !== null && { remaining: row.remaining }),
    ...(row.order_id !== null && { orderId: row.order_id }),
    ...(row.sku !== null && { sku: row.sku }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at.toISOString() }),
    createdAt: row.created_at.toISOString(),
  };
}
