import type { Lag } from '@counterstep/saga-core/choreography';
import type { Queryable } from '../tx/index.ts';
import { type CursorTable, readCursors } from './partitions.ts';

/** Messages counted per partition: enough to tell trouble, and some milliseconds at the most. */
const countMax = 10_000;

/** How far a reader's stored places are behind an outbox. */
export async function measureLag(outbox: Queryable, cursors: CursorTable): Promise<Lag> {
  const positions = await readCursors(cursors);
  const [row] = await outbox.query<{ messages: number; oldest_ms: number | null }>(
    `select count(*)::int as messages,
            (extract(epoch from clock_timestamp() - min(o.at)) * 1000)::float8 as oldest_ms
       from unnest($1::smallint[], $2::xid8[], $3::bigint[]) as c (partition, xid, id)
       cross join lateral (
         select at from outbox
          where outbox.partition = c.partition and (outbox.xid, outbox.id) > (c.xid, c.id)
          order by outbox.xid, outbox.id limit $4
       ) o`,
    [
      positions.map((p) => p.partition),
      positions.map((p) => p.cursor.xid),
      positions.map((p) => p.cursor.id),
      countMax,
    ],
  );
  return { messages: row?.messages ?? 0, oldestMs: row?.oldest_ms ?? null };
}
