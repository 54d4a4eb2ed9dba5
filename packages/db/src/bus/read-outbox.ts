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
interface Delivery extends Position {
  readonly message: RecordedMessage;
}

interface OutboxRow {
  readonly xmin: string;
  /** Null, with all that follows, where nothing was found. */
  readonly id: string | null;
  readonly xid: string;
  readonly partition: number;
  readonly envelope: Omit<RecordedMessage, 'at'>;
  readonly at: Date;
}

export interface OutboxPage {
  readonly deliveries: readonly Delivery[];
  /** The oldest transaction that was running: nothing new can appear below it. */
  readonly xmin: string;
}

/**
 * Messages beyond the given places that have not been handled, in commit-safe order.
 *
 * @param limit for each partition
 */
export async function readOutbox(
  db: Queryable,
  places: readonly Place[],
  limit: number,
): Promise<OutboxPage> {
  const rows = await db.query<OutboxRow>(
    `select s.xmin, o.id, o.xid, o.partition, o.envelope, o.at
       from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s
       left join (
         unnest($1::smallint[], $2::xid8[], $3::bigint[]) as c (partition, xid, id)
         cross join lateral (
           select id, xid, partition, envelope, at from outbox
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
      limit,
    ],
  );
  const deliveries = rows.flatMap(({ id, xid, partition, envelope, at }) =>
    id === null
      ? []
      : [{ partition, cursor: { xid, id }, message: { at: at.toISOString(), ...envelope } }],
  );
  return { deliveries, xmin: rows[0]?.xmin ?? '0' };
}
