import type { Queryable } from '../tx/index.ts';
import { type Where, whereOf } from './conditions.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { type InstanceRow, summaryOf } from './sagas.ts';
import { addSearch } from './search.ts';
import { readShapes } from './shape.ts';
import type { SagaFilter, SagaOrder, SagaPage, SagaSummary } from './types.ts';

const limitMax = 200;

/** What a stuck saga stands at, as one text: by it they are sorted and told apart. */
export const causeSql = `concat_ws('/', definition, summary #>> '{at,direction}', summary #>> '{at,step}', summary #>> '{at,error,code}')`;

/** Who has to look comes first: those that nobody moves on by themselves, then those that walk back. */
const urgencySql = `case when status = 'stuck' then '0' when stalled then '1' when status = 'compensating' then '2' else '3' end`;

/** What sagas are sorted by before their age, as text. */
const rankSql: Partial<Readonly<Record<SagaOrder, string>>> = {
  urgent: urgencySql,
  cause: `${causeSql} collate "C"`,
};

const orderOf = (order: SagaOrder): string => {
  const rank = rankSql[order];
  if (order === 'newest') return 'created_at desc, id desc';
  return rank ? `${rank}, created_at, id` : 'created_at, id';
};

type ListedRow = InstanceRow & { readonly created_text: string; readonly rank: string | null };

/** A page of sagas; `nextCursor` is there when more follow. */
export async function listSagas(
  db: Queryable,
  { order = 'newest', cursor, limit = 50, ...filter }: SagaPage,
): Promise<{ items: SagaSummary[]; nextCursor?: string }> {
  const where = await filterOf(db, filter);
  if (cursor !== undefined) after(where, order, cursor);
  if (where === null) return { items: [] };
  const size = Math.min(limit, limitMax);
  const rows = await db.query<ListedRow>(
    `select *, created_at::text as created_text, ${rankSql[order] ?? 'null'} as rank
       from saga.instance ${where.sql} order by ${orderOf(order)} limit ${size + 1}`,
    where.params,
  );
  const shapes = await readShapes(db);
  const page = rows.slice(0, size);
  const items = page.map((row) => summaryOf(row, shapes));
  const last = page.at(-1);
  if (rows.length <= size || !last) return { items };
  const { created_text: createdAt, id, rank } = last;
  return { items, nextCursor: encodeCursor({ createdAt, id, ...(rank !== null && { rank }) }) };
}

/** Whether a filter finds more than so many; looks no further than that. */
export async function findsMoreThan(
  db: Queryable,
  filter: SagaFilter,
  count: number,
): Promise<boolean> {
  const where = await filterOf(db, filter);
  if (where === null) return false;
  const beyond = await db.query(
    `select from saga.instance ${where.sql} offset ${where.param(count)}::int limit 1`,
    where.params,
  );
  return beyond.length > 0;
}

/** A filter as conditions; null when its search finds nothing at all. */
export async function filterOf(db: Queryable, filter: SagaFilter): Promise<Where | null> {
  const where = whereOf(filter);
  const search = filter.search?.trim();
  return !search || (await addSearch(db, where, search)) ? where : null;
}

/** As text: the driver would cut a timestamp to milliseconds, and rows would be skipped. */
function after(where: Where | null, order: SagaOrder, cursor: string): void {
  const place = decodeCursor(cursor);
  if (!where) return;
  const createdAt = `${where.param(place.createdAt)}::text::timestamptz`;
  const id = `${where.param(place.id)}::uuid`;
  const rank = rankSql[order];
  if (rank) {
    const before = where.param(place.rank ?? '');
    where.parts.push(`(${rank}, created_at, id) > (${before}::text, ${createdAt}, ${id})`);
    return;
  }
  where.parts.push(`(created_at, id) ${order === 'newest' ? '<' : '>'} (${createdAt}, ${id})`);
}
