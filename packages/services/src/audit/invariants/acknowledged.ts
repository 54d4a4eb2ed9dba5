import { ask } from '../ask.ts';
import type { Books } from '../read.ts';
import type { Violation } from '../types.ts';

export const acknowledgedOrders = {
  name: 'acknowledged-orders',
  description: 'Every order that a client was given for its idempotency key exists.',
} as const;

const chunk = 2_000;

interface Page {
  readonly rows: number;
  readonly last: string | null;
  /** Keys whose saga is neither there nor retired: a retired one has existed, and ended. */
  readonly missing: readonly { readonly key: string; readonly sagaId: string }[];
}

const pageSql = `
select count(*)::int as rows, max(page.key) as last,
       coalesce(json_agg(json_build_object('key', page.key, 'sagaId', page.saga_id)) filter (
         where not exists (select from saga.instance i where i.id = page.saga_id)
           and not exists (select from saga.retired r where r.saga_id = page.saga_id)), '[]') as missing
  from (select key, saga_id from saga.idempotency
         where key > $1 and acknowledged_at is not null order by key limit $2) page`;

/** A choreographed order is known by its first message; the tracker may not have seen it yet. */
export async function checkAcknowledged({
  saga,
  databases,
}: Books): Promise<{ readonly rows: number; readonly violations: Violation[] }> {
  const violations: Violation[] = [];
  let rows = 0;
  for (let after: string | null = ''; after !== null;) {
    const [page]: Page[] = await ask<Page>(saga, 'the idempotency keys', pageSql, [after, chunk]);
    if (!page) break;
    rows += page.rows;
    const requested = await requestedAmong(
      databases,
      page.missing.map(({ sagaId }) => sagaId),
    );
    for (const { key, sagaId } of page.missing) {
      if (!requested.has(sagaId))
        violations.push({ sagaId, detail: `The order of key ${key} is lost.` });
    }
    after = page.rows === chunk ? page.last : null;
  }
  return { rows, violations };
}

async function requestedAmong(
  { order }: Books['databases'],
  sagaIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (sagaIds.length === 0) return new Set();
  const rows = await ask<{ saga_id: string }>(
    order,
    'the messages of orders',
    'select distinct saga_id from outbox where saga_id = any($1::uuid[])',
    [sagaIds],
  );
  return new Set(rows.map((row) => row.saga_id));
}
