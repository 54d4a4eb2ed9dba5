import type { Queryable } from '../tx/index.ts';
import { type Where, whereOf } from './conditions.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { pageSql } from './page-sql.ts';
import { type InstanceRow, summaryOf } from './sagas.ts';
import { addSearch } from './search.ts';
import { readShapes } from './shape.ts';
import type { SagaFilter, SagaPage, SagaSummary } from './types.ts';

const limitMax = 200;

type ListedRow = InstanceRow & { readonly created_text: string; readonly rank: string | null };

/** A page of sagas; `nextCursor` is there when more follow. */
export async function listSagas(
  db: Queryable,
  { order = 'newest', cursor, limit = 50, ...filter }: SagaPage,
): Promise<{ items: SagaSummary[]; nextCursor?: string }> {
  const where = await filterOf(db, filter);
  const place = cursor === undefined ? undefined : decodeCursor(cursor);
  if (where === null) return { items: [] };
  const size = Math.min(limit, limitMax);
  const rows = await db.query<ListedRow>(pageSql(where, order, place, size + 1), where.params);
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
