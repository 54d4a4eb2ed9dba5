import { type CursorTable, readCursors } from '../bus/partitions.ts';
import type { Position } from '../bus/read-outbox.ts';
import { allowLonger, type Pool, type Queryable, type Tx } from '../tx/index.ts';

export interface TrimOptions {
  readonly saga: Pool;
  /** The database that holds the outbox. */
  readonly outbox: Queryable;
  /** Everybody who reads it. */
  readonly readers: readonly CursorTable[];
  /** How long messages are kept after the end of their saga. */
  readonly hours: number;
  /** Looked at between two transactions. */
  readonly isStopping: () => boolean;
}

/** Messages looked at per transaction: some milliseconds of work. */
const chunk = 500;
/** Per turn and outbox; the rest comes with the next turn. */
const chunksMax = 200;

/**
 * Deletes messages that all readers have passed and whose saga ended longer ago than they are kept. Until
 * then the tracker may rebuild a saga from them. Sagas are another database's, so ids go to and fro.
 * Returns how many went; 0 also while another worker is at it.
 */
export async function trimOutbox(options: TrimOptions): Promise<number> {
  const places = await placesOfAll(options.readers);
  let from: readonly Position[] = places.map(({ partition }) => ({ partition, cursor: first }));
  let deleted = 0;
  for (let turn = 0; turn < chunksMax && from.length > 0; turn += 1) {
    if (options.isStopping()) break;
    const done = await trimChunk(options, places, from);
    if (!done) break;
    deleted += done.deleted;
    from = done.next;
  }
  return deleted;
}

const first = { xid: '0', id: '0' };

/** For each partition the place of the reader that is the furthest behind. */
async function placesOfAll(readers: readonly CursorTable[]): Promise<Position[]> {
  const least = new Map<number, Position>();
  for (const positions of await Promise.all(readers.map((reader) => readCursors(reader)))) {
    for (const position of positions) {
      const other = least.get(position.partition);
      if (!other || isBefore(position, other)) least.set(position.partition, position);
    }
  }
  return [...least.values()];
}

function isBefore({ cursor: a }: Position, { cursor: b }: Position): boolean {
  if (a.xid !== b.xid) return BigInt(a.xid) < BigInt(b.xid);
  return BigInt(a.id) < BigInt(b.id);
}

interface Chunk {
  readonly deleted: number;
  /** Where to go on; no place for a partition that is through. */
  readonly next: readonly Position[];
}

function trimChunk(
  { saga, outbox, hours }: TrimOptions,
  places: readonly Position[],
  from: readonly Position[],
): Promise<Chunk | undefined> {
  return saga.transaction(async (tx) => {
    // The outbox is written meanwhile; the usual limit is for processes that have stopped.
    await allowLonger(tx, 8_000);
    const [lock] = await tx.query<{ mine: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext('counterstep outbox retention')) as mine`,
    );
    if (!lock?.mine) return undefined;
    const [start, ...rest] = from;
    const place = places.find(({ partition }) => partition === start?.partition);
    if (!place || !start) return undefined;
    const rows = await readPassed(outbox, start, place, hours);
    const last = rows.at(-1);
    const ended = await endedOf(tx, [...new Set(rows.map((row) => row.saga_id))], hours);
    const deleted = await deletePassed(outbox, ended, place);
    const isThrough = rows.length < chunk || !last;
    return {
      deleted,
      // Partitions take turns: what has to stay in one must not keep the others from being looked at.
      next: isThrough ? rest : [...rest, { ...start, cursor: { xid: last.xid, id: last.id } }],
    };
  });
}

interface PassedRow {
  readonly saga_id: string;
  readonly xid: string;
  readonly id: string;
}

/** A message is older than its saga's end, so one that is younger than the time kept ends the search. */
function readPassed(
  outbox: Queryable,
  from: Position,
  place: Position,
  hours: number,
): Promise<PassedRow[]> {
  return outbox.query<PassedRow>(
    `select saga_id, xid, id from outbox
      where partition = $1 and (xid, id) > ($2::xid8, $3::bigint) and (xid, id) <= ($4::xid8, $5::bigint)
        and at < (select clock_timestamp() - make_interval(secs => $6::float8 * 3600))
      order by xid, id limit $7`,
    [
      place.partition,
      from.cursor.xid,
      from.cursor.id,
      place.cursor.xid,
      place.cursor.id,
      hours,
      chunk,
    ],
  );
}

async function endedOf(tx: Tx, ids: readonly string[], hours: number): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select id from saga.instance
      where id = any($1::uuid[]) and status in ('completed', 'compensated', 'resolved')
        and finished_at < clock_timestamp() - make_interval(secs => $2::float8 * 3600)
     union all
     select saga_id from saga.retired where saga_id = any($1::uuid[])`,
    [ids, hours],
  );
  return rows.map(({ id }) => id);
}

async function deletePassed(
  outbox: Queryable,
  sagaIds: readonly string[],
  { partition, cursor }: Position,
): Promise<number> {
  if (sagaIds.length === 0) return 0;
  const rows = await outbox.query(
    `delete from outbox
      where saga_id = any($1::uuid[]) and partition = $2 and (xid, id) <= ($3::xid8, $4::bigint)
     returning 1`,
    [sagaIds, partition, cursor.xid, cursor.id],
  );
  return rows.length;
}
