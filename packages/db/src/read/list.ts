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

const orderSql: Readonly<Record<SagaOrder, string>> = {
  newest: 'created_at desc, id desc',
  oldest: 'created_at, id',
  cause: `${causeSql} collate "C", created_at, id`,
};

type ListedRow = InstanceRow & { readonly created_text: string; readonly cause: string };

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
    `select *, created_at::text as created_text, ${causeSql} as cause from saga.instance ${where.sql}
      order by ${orderSql[order]} limit ${size + 1}`,
    where.params,
  );
  const shapes = await readShapes(db);
  const page = rows.slice(0, size);
  const items = page.map((row) => summaryOf(row, shapes));
  const last = page.at(-1);
  if (rows.length <= size || !last) return { items };
  const { created_text: createdAt, id, cause } = last;
  return {
    items,
    nextCursor: encodeCursor({ createdAt, id, ...(order === 'cause' && { cause }) }),
  };
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
  if (order === 'cause') {
    const cause = where.param(place.cause ?? '');
    where.parts.push(
      `(${causeSql} collate "C", created_at, id) > (${cause}::text, ${createdAt}, ${id})`,
    );
    return;
  }
  where.parts.push(`(created_at, id) ${order === 'newest' ? '<' : '>'} (${createdAt}, ${id})`);
}
