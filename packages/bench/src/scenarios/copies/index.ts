import { createPool, type Pool } from '@counterstep/db/tx';
import type { Site } from '../../site.ts';
import { withoutIndexes } from './indexes.ts';
import type { CopyPlan, Names } from './plans.ts';

export { endedOrders, waitingSagas } from './plans.ts';

/** Of the longest statement: thirteen million events of a million sagas. */
const statementMsMax = 1_800_000;

/**
 * Multiplies the sagas that are there, set-based, until there are so many: real rows of real runs
 * under new ids, so that an audit finds nothing in them. What JSON says of ids stays as it was. No
 * worker may be at work on the site.
 *
 * @returns how many sagas there are
 */
export async function copySagas(
  { url }: Pick<Site, 'url'>,
  { tables, ageMsPerCopy }: CopyPlan,
  least: number,
): Promise<number> {
  const owner = createPool({
    url,
    searchPath: 'saga',
    applicationName: 'bench copies',
    size: 1,
    // Autovacuum comes to tables that grow so fast, and is waited for.
    lockTimeoutMs: statementMsMax,
    statementTimeoutMs: statementMsMax,
    transactionTimeoutMs: statementMsMax,
  });
  try {
    const [row] = await owner.query<{ count: number }>(
      'select count(*)::int as count from saga.instance',
    );
    const originals = row?.count ?? 0;
    if (originals === 0) throw new Error('There is no saga to copy.');
    const copies = Math.ceil(least / originals) - 1;
    await owner.query(copyOfSql);
    await owner.query(`set maintenance_work_mem = '256MB'`);
    await withoutIndexes(owner, Object.keys(tables), async () => {
      for (const [table, names] of Object.entries(tables)) {
        await copyRows(owner, { table, names, copies, ageMsPerCopy });
      }
    });
    await owner.query('drop function public.copy_of');
    await reserveForCopies(owner);
    await owner.query('vacuum analyze');
    return originals * (copies + 1);
  } finally {
    await owner.end();
  }
}

/**
 * Time-ordered as ids are: the first 48 bits are a time, the others chance that follows from the id.
 * Nothing in it depends on a setting (numbers are cast, not joined to text), so Postgres writes it into
 * the statement in place of calling it for each row.
 */
const copyOfSql = `
create function public.copy_of(id uuid, copy int, age_ms bigint) returns uuid immutable language sql return (
  lpad(to_hex(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint - copy * age_ms), 12, '0') ||
  substr(overlay(overlay(md5(id::text || copy::text) placing '7' from 13) placing '8' from 17), 13))::uuid`;

interface Copying {
  readonly table: string;
  readonly names: Names;
  readonly copies: number;
  readonly ageMsPerCopy: number;
}

/**
 * One copy of all rows after another, the oldest first, so that rows lie as they would had they come one
 * by one. (What refers to `copy` and has an `offset` can only be read once for each copy.)
 */
async function copyRows(owner: Pool, { table, names, copies, ageMsPerCopy }: Copying) {
  const columns = await columnsOf(owner, table);
  const values = columns.map((column) => expressionOf(column, names[column.name], ageMsPerCopy));
  await owner.query(`create table public.original as select * from ${table}`);
  await owner.query(
    `insert into ${table} (${columns.map(({ name }) => name).join(', ')})
     select ${values.join(', ')} from generate_series($1::int, 1, -1) copy
      cross join lateral (select * from public.original where copy > 0 offset 0) r`,
    [copies],
  );
  await owner.query('drop table public.original');
}

interface Column {
  readonly name: string;
  readonly type: string;
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
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
        and attname <> 'xid'
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
