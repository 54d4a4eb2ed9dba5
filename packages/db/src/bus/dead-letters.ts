import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import type { Direction, Failure } from '@counterstep/saga-core/participant';
import { decodeCursor, encodeCursor } from '../read/cursor.ts';
import type { Queryable } from '../tx/index.ts';

/** Which dead letters of one service; absent fields let all pass. */
export interface DeadLetterFilter {
  /** Event type of the message. */
  readonly type?: string;
  readonly step?: string;
  /** Error code of the last attempt. */
  readonly code?: string;
  readonly sagaId?: string;
  /** Dead for at least so long, on the service's clock. */
  readonly olderThanMs?: number;
}

/** One message for one reaction. */
export interface DeadLetterId {
  readonly messageId: string;
  readonly step: string;
  readonly direction: Direction;
}

/** A message whose reaction was given up: it waits for a person. */
export interface DeadLetter extends DeadLetterId {
  readonly sagaId: string;
  readonly type: string;
  readonly attempts: number;
  readonly error: Failure;
  /** ISO 8601: of the first failure, and of the last. */
  readonly parkedAt: string;
  readonly diedAt: string;
}

export interface DeadLetterPage {
  readonly items: readonly DeadLetter[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

interface Row extends DeadLetterId {
  readonly saga_id: string;
  readonly message: RecordedMessage;
  readonly attempts: number;
  readonly error: Failure;
  readonly parked_at: Date;
  readonly parked_text: string;
  readonly due_at: Date;
}

const matches = `state = 'dead'
    and ($1::text is null or message->>'type' = $1) and ($2::text is null or step = $2)
    and ($3::text is null or error->>'code' = $3) and ($4::uuid is null or saga_id = $4)
    and ($5::float8 is null or due_at <= clock_timestamp() - make_interval(secs => $5 / 1000))`;

const matchParams = ({ type, step, code, sagaId, olderThanMs }: DeadLetterFilter) => [
  type ?? null,
  step ?? null,
  code ?? null,
  sagaId ?? null,
  olderThanMs ?? null,
];

/**
 * One page of a service's dead letters, the oldest first.
 *
 * @throws InvalidCursorError
 */
export async function listDeadLetters(
  db: Queryable,
  filter: DeadLetterFilter,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<DeadLetterPage> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const rows = await db.query<Row>(
    `select message_id as "messageId", step, direction, saga_id, message, attempts, error, due_at,
            parked_at, parked_at::text as parked_text
       from parked
      where ${matches}
        and ($6::text is null or (parked_at, message_id) > ($6::text::timestamptz, $7::uuid))
      order by parked_at, message_id limit $8`,
    [...matchParams(filter), after?.createdAt ?? null, after?.id ?? null, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(letterOf),
    ...(rows.length > limit &&
      last && { nextCursor: encodeCursor({ createdAt: last.parked_text, id: last.messageId }) }),
  };
}

export async function countDeadLetters(db: Queryable, filter: DeadLetterFilter): Promise<number> {
  const [row] = await db.query<{ letters: number }>(
    `select count(*)::int as letters from parked where ${matches}`,
    matchParams(filter),
  );
  return row?.letters ?? 0;
}

/** The letters of these that are dead still. */
export async function findDeadLetters(
  db: Queryable,
  ids: readonly DeadLetterId[],
): Promise<DeadLetter[]> {
  const rows = await db.query<Row>(
    `select p.message_id as "messageId", p.step, p.direction, p.saga_id, p.message, p.attempts, p.error,
            p.due_at, p.parked_at, p.parked_at::text as parked_text
       from parked p
       join unnest($1::uuid[], $2::text[], $3::text[]) as id (message_id, step, direction)
         on p.message_id = id.message_id and p.step = id.step and p.direction = id.direction
      where p.state = 'dead'`,
    keysOf(ids),
  );
  return rows.map(letterOf);
}

/**
 * Puts dead letters back in the queue with a fresh budget; returns how many there were. A forward action
 * goes under a higher generation, so that a "no" which is stored does not answer it again.
 */
export async function redriveLetters(db: Queryable, ids: readonly DeadLetterId[]): Promise<number> {
  const rows = await db.query(
    `update parked p set state = 'waiting', due_at = clock_timestamp(), forgiven = p.attempts,
            generation = p.generation + case when p.direction = 'action' then 1 else 0 end
       from unnest($1::uuid[], $2::text[], $3::text[]) as id (message_id, step, direction)
      where p.message_id = id.message_id and p.step = id.step and p.direction = id.direction
        and p.state = 'dead'
     returning 1`,
    keysOf(ids),
  );
  return rows.length;
}

const keysOf = (ids: readonly DeadLetterId[]): [string[], string[], string[]] => [
  ids.map(({ messageId }) => messageId),
  ids.map(({ step }) => step),
  ids.map(({ direction }) => direction),
];

const letterOf = (row: Row): DeadLetter => ({
  messageId: row.messageId,
  step: row.step,
  direction: row.direction,
  sagaId: row.saga_id,
  type: row.message.type,
  attempts: row.attempts,
  error: row.error,
  parkedAt: row.parked_at.toISOString(),
  diedAt: row.due_at.toISOString(),
});
