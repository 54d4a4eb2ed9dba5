import type { Books } from '../read.ts';
import type { Violation } from '../types.ts';

export const acknowledgedOrders = {
  name: 'acknowledged-orders',
  description: 'Every order that a client was given for its idempotency key exists.',
} as const;

const chunk = 1_000;

interface KeyRow {
  readonly key: string;
  readonly saga_id: string;
  readonly known: boolean;
}

/** A choreographed order is known by its first message; the tracker may not have seen it yet. */
export async function checkAcknowledged({
  saga,
  databases,
}: Books): Promise<{ readonly rows: number; readonly violations: Violation[] }> {
  const violations: Violation[] = [];
  let rows = 0;
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: KeyRow[] = await saga.query<KeyRow>(
      // A retired one has existed, and ended.
      `select k.key, k.saga_id,
              i.id is not null or exists (select from saga.retired r where r.saga_id = k.saga_id) as known
         from saga.idempotency k left join saga.instance i on i.id = k.saga_id
        where k.key > $1 and k.acknowledged_at is not null order by k.key limit $2`,
      [after, chunk],
    );
    rows += page.length;
    const missing = page.filter((row) => !row.known);
    const requested = await requestedAmong(
      databases,
      missing.map((row) => row.saga_id),
    );
    for (const { key, saga_id: sagaId } of missing) {
      if (!requested.has(sagaId))
        violations.push({ sagaId, detail: `The order of key ${key} is lost.` });
    }
    after = page.length === chunk ? page.at(-1)?.key : undefined;
  }
  return { rows, violations };
}

async function requestedAmong(
  { order }: Books['databases'],
  sagaIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sagaIds.length === 0) return new Set();
  const rows = await order.query<{ saga_id: string }>(
    'select distinct saga_id from outbox where saga_id = any($1::uuid[])',
    [sagaIds],
  );
  return new Set(rows.map((row) => row.saga_id));
}
