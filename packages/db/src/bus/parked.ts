import type { Message, RecordedMessage } from '@counterstep/saga-core/choreography';
import type { Direction, Failure } from '@counterstep/saga-core/participant';
import type { Pool, Queryable } from '../tx/index.ts';
import { holdFences } from '../barrier/epoch.ts';
import { appendMessages } from './outbox.ts';

/** One message for one reaction, as it waits for another attempt. */
export interface ParkedMessage {
  readonly message: RecordedMessage;
  readonly step: string;
  readonly direction: Direction;
  /** Attempts made so far. */
  readonly attempts: number;
  /** Attempts that an operator's retry has forgiven. */
  readonly forgiven: number;
  readonly generation: number;
}

export interface ParkOptions {
  readonly state: 'waiting' | 'dead';
  readonly error: Failure;
  /** ISO 8601, database clock of the service. */
  readonly dueAt: string;
  /** Tells the tracker of the attempt that failed, in the same commit. */
  readonly notice?: Message;
}

/** One message to be parked, and how. */
export interface Parking {
  readonly parked: ParkedMessage;
  readonly options: ParkOptions;
}

/**
 * Parks messages or updates how they are parked, many in one transaction; their sagas' other messages
 * go on. No two of one key.
 */
export async function park(pool: Pool, parkings: readonly Parking[]): Promise<void> {
  const rows = parkings.toSorted((a, b) => compareKeys(a.parked, b.parked));
  await pool.transaction(async (tx) => {
    const [, written] = await Promise.all([
      holdFences(tx),
      tx.query<{ key: string }>(
        `insert into parked (message_id, step, direction, saga_id, message, attempts, generation, state, error, due_at)
         select message_id, step, direction, saga_id, message::jsonb, attempts, generation, state, error::jsonb, due_at
           from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::int[], $7::int[], $8::text[],
                       $9::text[], $10::timestamptz[], $11::int[])
                as p (message_id, step, direction, saga_id, message, attempts, generation, state, error, due_at, epoch)
          -- A saga that has been taken over since waits for nobody here.
          where not exists (select from saga_epoch e where e.saga_id = p.saga_id and e.epoch > p.epoch)
         on conflict (message_id, step, direction) do update
            set attempts = excluded.attempts, state = excluded.state, error = excluded.error,
                due_at = excluded.due_at
          where excluded.attempts > parked.attempts and parked.state <> 'dead'
         returning message_id || '/' || step || '/' || direction as key`,
        [
          ...keysOf(rows.map(({ parked }) => parked)),
          rows.map(({ parked }) => parked.message.sagaId),
          rows.map(({ parked }) => JSON.stringify(parked.message)),
          rows.map(({ parked }) => parked.attempts),
          rows.map(({ parked }) => parked.generation),
          rows.map(({ options }) => options.state),
          rows.map(({ options }) => JSON.stringify(options.error)),
          rows.map(({ options }) => options.dueAt),
          rows.map(({ parked }) => parked.message.epoch),
        ],
      ),
    ]);
    // What was known already, of a copy of the message, has been told of already.
    const news = new Set(written.map(({ key }) => key));
    const notices = rows.flatMap(({ parked, options }) =>
      options.notice && news.has(keyOfParked(parked)) ? [options.notice] : [],
    );
    if (notices.length > 0) await appendMessages(tx, notices);
  });
}

/** Message ids, steps and directions: three parameters. */
function keysOf(parked: readonly ParkedMessage[]): [string[], string[], string[]] {
  return [
    parked.map(({ message }) => message.messageId),
    parked.map(({ step }) => step),
    parked.map(({ direction }) => direction),
  ];
}

export const keyOfParked = ({ message, step, direction }: ParkedMessage): string =>
  `${message.messageId}/${step}/${direction}`;

/** One order of locks for all. */
function compareKeys(a: ParkedMessage, b: ParkedMessage): number {
  return keyOfParked(a) < keyOfParked(b) ? -1 : 1;
}

/**
 * Parks messages whose first attempts are still under way, in case this process ends before they do.
 * A row that is there already knows more and stays. It comes due after `hiddenMs` of its own.
 */
export async function parkUnderWay(
  db: Queryable,
  parked: readonly ParkedMessage[],
  hiddenMs: (parked: ParkedMessage) => number,
): Promise<void> {
  await db.query(
    `insert into parked (message_id, step, direction, saga_id, message, attempts, generation, state, error, due_at)
     select message_id, step, direction, saga_id, message::jsonb, 0, generation, 'waiting', $8::text::jsonb,
            clock_timestamp() + make_interval(secs => hidden_ms / 1000.0)
       from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::int[], $7::int[])
            as p (message_id, step, direction, saga_id, message, generation, hidden_ms)
      where not exists (select from saga_epoch e
                         where e.saga_id = p.saga_id and e.epoch > (p.message::jsonb ->> 'epoch')::int)
     on conflict do nothing`,
    [
      ...keysOf(parked),
      parked.map(({ message }) => message.sagaId),
      parked.map(({ message }) => JSON.stringify(message)),
      parked.map(({ generation }) => generation),
      parked.map(hiddenMs),
      JSON.stringify({ code: 'UNDER_WAY', message: 'An attempt is under way.' }),
    ],
  );
}

/** Forgets messages whose first attempts ended well; one that failed has written its own row. */
export async function unparkUnderWay(
  db: Queryable,
  parked: readonly ParkedMessage[],
): Promise<void> {
  await db.query(
    `delete from parked p using unnest($1::uuid[], $2::text[], $3::text[]) as d (message_id, step, direction)
      where p.message_id = d.message_id and p.step = d.step and p.direction = d.direction
        and p.attempts = 0`,
    keysOf(parked),
  );
}

/** Forgets messages that have been dealt with. */
export async function unpark(db: Queryable, parked: readonly ParkedMessage[]): Promise<void> {
  await db.query(
    `delete from parked using unnest($1::uuid[], $2::text[], $3::text[]) as d (message_id, step, direction)
      where parked.message_id = d.message_id and parked.step = d.step and parked.direction = d.direction`,
    keysOf(parked),
  );
}

/**
 * Takes due messages for one more attempt. They stay parked, out of sight for `hiddenMs`: if this
 * process ends, somebody else finds them after that.
 */
export async function takeDue(
  db: Queryable,
  limit: number,
  hiddenMs: number,
): Promise<ParkedMessage[]> {
  return db.query<ParkedMessage>(
    `update parked p set due_at = clock_timestamp() + make_interval(secs => $2)
       from (select message_id, step, direction from parked
              where state = 'waiting' and due_at <= (select clock_timestamp())
              order by due_at limit $1 for update skip locked) due
      where p.message_id = due.message_id and p.step = due.step and p.direction = due.direction
     returning p.message, p.step, p.direction, p.attempts, p.forgiven, p.generation`,
    [limit, hiddenMs / 1_000],
  );
}

/** Puts a saga's dead messages back in the queue; returns how many there were. */
export async function redrive(db: Queryable, sagaId: string): Promise<number> {
  const rows = await db.query(
    `update parked set state = 'waiting', due_at = clock_timestamp(), forgiven = attempts,
            generation = generation + case when direction = 'action' then 1 else 0 end
      where saga_id = $1 and state = 'dead' returning 1`,
    [sagaId],
  );
  return rows.length;
}
