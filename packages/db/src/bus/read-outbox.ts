import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import type { Queryable } from '../tx/index.ts';

/** A place in an outbox partition: the transaction and the row. Both as decimal text. */
interface Cursor {
  readonly xid: string;
  readonly id: string;
}

export interface Position {
  readonly partition: number;
  readonly cursor: Cursor;
}

/** One message with its place. */
export interface Delivery {
  readonly partition: number;
  readonly cursor: Cursor;
  /** No transaction that could still add something before this place is running. */
  readonly isSettled: boolean;
  readonly message: RecordedMessage;
}

interface OutboxRow {
  readonly id: string;
  readonly xid: string;
  readonly partition: number;
  readonly envelope: Omit<RecordedMessage, 'at'>;
  readonly at: Date;
  readonly settled: boolean;
}

/**
 * Messages after the given places, in commit-safe order. A sequence is not commit order: a lower
 * transaction may commit later, so a place counts as settled only below the oldest running one.
 */
export async function readOutbox(
  db: Queryable,
  positions: readonly Position[],
  limit: number,
): Promise<Delivery[]> {
  if (positions.length === 0) return [];
  const rows = await db.query<OutboxRow>(
    `select o.id, o.xid, o.partition, o.envelope, o.at,
            o.xid < pg_snapshot_xmin(pg_current_snapshot()) as settled
       from unnest($1::smallint[], $2::xid8[], $3::bigint[]) as c (partition, xid, id)
       cross join lateral (
         select * from outbox
          where outbox.partition = c.partition and (outbox.xid, outbox.id) > (c.xid, c.id)
          order by outbox.xid, outbox.id limit $4
       ) o
      order by o.xid, o.id`,
    [
      positions.map((p) => p.partition),
      positions.map((p) => p.cursor.xid),
      positions.map((p) => p.cursor.id),
      limit,
    ],
  );
  return rows.map((row) => ({
    partition: row.partition,
    cursor: { xid: row.xid, id: row.id },
    isSettled: row.settled,
    message: { ...row.envelope, at: row.at.toISOString() },
  }));
}
