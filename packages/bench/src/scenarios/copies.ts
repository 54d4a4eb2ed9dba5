import { createPool, type Pool } from '@counterstep/db/tx';
import type { Site } from '../site.ts';

/** What columns of a table name: a saga, an order, or an order as text. All others are copied as they are. */
type Names = Readonly<Record<string, 'saga' | 'order' | 'order text'>>;

export interface CopyPlan {
  /** Tables, and what their columns name. */
  readonly tables: Readonly<Record<string, Names>>;
  /** Each copy is that much older than the one before it; 0: all are of the same age. */
  readonly ageMsPerCopy: number;
}

/** Everything that an orchestrated order has left behind when it has ended. */
export const endedOrders: CopyPlan = {
  ageMsPerCopy: 10_000,
  tables: {
    'saga.instance': { id: 'saga', business_key: 'order text' },
    'saga.event': { saga_id: 'saga' },
    'orders.effect': { saga_id: 'saga' },
    'orders.customer_order': { id: 'order', saga_id: 'saga' },
    'orders.order_line': { order_id: 'order' },
    'inventory.effect': { saga_id: 'saga' },
    'inventory.reservation': { saga_id: 'saga', order_id: 'order' },
    'payment.effect': { saga_id: 'saga' },
    'payment.payment': { saga_id: 'saga', order_id: 'order' },
    'shipment.effect': { saga_id: 'saga' },
    'shipment.shipment': { saga_id: 'saga', order_id: 'order' },
  },
};

/** What a saga without a service's rows has in the tables while it waits, its time among it. */
export const waitingSagas: CopyPlan = {
  ageMsPerCopy: 0,
  tables: {
    'saga.instance': { id: 'saga' },
    'saga.event': { saga_id: 'saga' },
    'saga.ready': { saga_id: 'saga' },
  },
};

/** Rows of one statement come to some hundred thousand. */
const sagasPerStatement = 20_000;
const statementMsMax = 600_000;

/**
 * Multiplies the sagas that are there, set-based, until there are so many: real rows of real runs
 * under new ids, so that an audit finds nothing in them. What JSON says of ids stays as it was.
 *
 * @returns how many sagas there are
 */
export async function copySagas(site: Site, plan: CopyPlan, least: number): Promise<number> {
  const owner = createPool({
    url: site.url,
    searchPath: 'saga',
    applicationName: 'bench copies',
    size: 1,
    // Autovacuum comes to tables that grow so fast, and is waited for.
    lockTimeoutMs: statementMsMax,
    statementTimeoutMs: statementMsMax,
    transactionTimeoutMs: statementMsMax,
  });
  try {
    await owner.query(copyOfSql);
    await owner.query('create table public.original as select id from saga.instance');
    const [row] = await owner.query<{ count: number }>(
      'select count(*)::int as count from public.original',
    );
    const originals = row?.count ?? 0;
    if (originals === 0) throw new Error('There is no saga to copy.');
    const copies = Math.ceil(least / originals) - 1;
    const step = Math.max(1, Math.floor(sagasPerStatement / originals));
    for (let from = 1; from <= copies; from += step) {
      await copyOnce(owner, plan, [from, Math.min(copies, from + step - 1)]);
    }
    await reserveForCopies(owner);
    await owner.query('drop table public.original');
    await owner.query('vacuum analyze');
    return originals * (copies + 1);
  } finally {
    await owner.end();
  }
}

/** Time-ordered as ids are: the first 48 bits are a time, the others chance that follows from the id. */
const copyOfSql = `
create function public.copy_of(id uuid, copy int, age_ms bigint) returns uuid immutable language sql return (
  lpad(to_hex(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint - copy * age_ms), 12, '0') ||
  '7' || substr(md5(id::text || copy), 1, 3) || '8' || substr(md5(id::text || copy), 4, 15))::uuid`;

interface Column {
  readonly name: string;
  readonly type: string;
}

async function copyOnce(
  owner: Pool,
  { tables, ageMsPerCopy }: CopyPlan,
  [from, to]: readonly [number, number],
): Promise<void> {
  for (const [table, names] of Object.entries(tables)) {
    const columns = await columnsOf(owner, table);
    const values = columns.map((column) => expressionOf(column, names[column.name], ageMsPerCopy));
    await owner.query(
      `insert into ${table} (${columns.map(({ name }) => name).join(', ')})
       select ${values.join(', ')} from ${table} r, generate_series($1::int, $2::int) copy
        where ${isOriginal(names)}`,
      [from, to],
    );
  }
}

/** Lines name their order only. */
function isOriginal(names: Names): string {
  const saga = Object.keys(names).find((column) => names[column] === 'saga');
  if (saga) return `r.${saga} in (select id from public.original)`;
  const order = Object.keys(names).find((column) => names[column] === 'order') ?? '';
  return `r.${order} in (select business_key::uuid from saga.instance where id in (select id from public.original))`;
}

function expressionOf({ name, type }: Column, names: Names[string] | undefined, ageMs: number) {
  if (names === 'order text') return `public.copy_of(r.${name}::uuid, copy, ${ageMs})::text`;
  if (names) return `public.copy_of(r.${name}, copy, ${ageMs})`;
  if (type === 'timestamp with time zone') {
    return `r.${name} - copy * interval '${ageMs} milliseconds'`;
  }
  return `r.${name}`;
}

/** Without those that the database writes itself: the transaction is a new one. */
async function columnsOf(owner: Pool, table: string): Promise<Column[]> {
  return owner.query<Column>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> 'xid'
      order by attnum`,
    [table],
  );
}

/** Stock knows of its reservations, however they have come about. */
async function reserveForCopies(owner: Pool): Promise<void> {
  await owner.query(
    `update inventory.stock s set on_hand = greatest(on_hand, 2 * held), reserved = held
       from (select sku, sum(quantity)::int as held from inventory.reservation where status = 'held' group by sku) h
      where h.sku = s.sku`,
  );
}
