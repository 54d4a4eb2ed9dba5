import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import type { Queryable } from '../tx/index.ts';
import type { Place } from './place.ts';

/** A place in an outbox partition: the transaction and the row. Both as decimal text. */
export interface Cursor {
  readonly xid: string;
  readonly id: string;
}

export interface Position {
  readonly partition: number;
  readonly cursor: Cursor;
}

/** One message with its place. */
export interface Delivery extends Position {
  /** When it was written, ISO 8601. */
  readonly at: string;
  /** Undefined where its type is not wanted. */
  readonly message: RecordedMessage | undefined;
}

interface OutboxRow {
  readonly xmin: string;
  /** Null, with all that follows, where nothing was found. */
  readonly id: string | null;
  readonly xid: string;
  readonly partition: number;
  /** Null where its type is not wanted. */
  readonly envelope: Omit<RecordedMessage, 'at'> | null;
  readonly at: Date;
}

export interface OutboxPage {
  readonly deliveries: readonly Delivery[];
  /** The oldest transaction that was running: nothing new can appear below it. */
  readonly xmin: string;
}

/** Messages of each partition in one reading. */
export const pageMax = 200;

/**
 * Messages beyond the given places that have not been handled, in commit-safe order.
 *
 * @param types those that are wanted, absent: all. Of others only the places are read
 */
export async function readOutbox(
  db: Queryable,
  places: readonly Place[],
  types?: readonly string[],
): Promise<OutboxPage> {
  const rows = await db.query<OutboxRow>(
    `select s.xmin, o.id, o.xid, o.partition, o.envelope, o.at
       from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s
       left join (
         unnest($1::smallint[], $2::xid8[], $3::bigint[]) as c (partition, xid, id)
         cross join lateral (
           select id, xid, partition, at,
                  case when $6::text[] is null or type = any($6) then envelope end as envelope
             from outbox
            where outbox.partition = c.partition and (outbox.xid, outbox.id) > (c.xid, c.id)
              -- Not "<> all": that is compared one by one under a plan that knows no values.
              and outbox.id not in (select unnest($4::bigint[]))
            order by outbox.xid, outbox.id limit $5
         ) o
       ) on true
      order by o.xid, o.id`,
    [
      places.map((p) => p.partition),
      places.map((p) => p.cursor.xid),
      places.map((p) => p.cursor.id),
      places.flatMap((p) => p.handled.map(({ id }) => id)),
      pageMax,
      types ?? null,
    ],
  );
  const deliveries = rows.flatMap(({ id, xid, partition, envelope, at: time }): Delivery[] => {
    if (id === null) return [];
    const at = time.toISOString();
    const message = envelope === null ? undefined : { at, ...envelope };
    return [{ partition, cursor: { xid, id }, at, message }];
  });
  return { deliveries, xmin: rows[0]?.xmin ?? '0' };
}
