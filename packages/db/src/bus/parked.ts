import type { Message, RecordedMessage } from '@counterstep/saga-core/choreography';
import type { Direction, Failure } from '@counterstep/saga-core/participant';
import type { Pool, Queryable } from '../tx/index.ts';
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

/** Parks a message or updates how it is parked. A saga's other messages go on. */
export async function park(pool: Pool, parked: ParkedMessage, options: ParkOptions): Promise<void> {
  const { message, step, direction, attempts, generation } = parked;
  await pool.transaction(async (tx) => {
    const notices = options.notice ? [options.notice] : [];
    await Promise.all([
      tx.query(
        `insert into parked (message_id, step, direction, saga_id, message, attempts, generation, state, error, due_at)
         select $1::uuid, $2, $3, $4::uuid, $5::text::jsonb, $6::int, $7::int, $8, $9::text::jsonb,
                $10::timestamptz
          -- A saga that has been taken over since waits for nobody here.
          where not exists (select from saga_epoch e where e.saga_id = $4::uuid and e.epoch > $11::int)
         on conflict (message_id, step, direction) do update
            set attempts = excluded.attempts, state = excluded.state, error = excluded.error,
                due_at = excluded.due_at
          where excluded.attempts > parked.attempts and parked.state <> 'dead'`,
        [
          message.messageId,
          step,
          direction,
          message.sagaId,
          JSON.stringify(message),
          attempts,
          generation,
          options.state,
          JSON.stringify(options.error),
          options.dueAt,
          message.epoch,
        ],
      ),
      notices.length > 0 ? appendMessages(tx, notices) : undefined,
    ]);
  });
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
     on conflict do nothing`,
    [
      parked.map(({ message }) => message.messageId),
      parked.map(({ step }) => step),
      parked.map(({ direction }) => direction),
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
    [
      parked.map(({ message }) => message.messageId),
      parked.map(({ step }) => step),
      parked.map(({ direction }) => direction),
    ],
  );
}

/** Forgets a message that has been dealt with. */
export async function unpark(
  db: Queryable,
  { message, step, direction }: ParkedMessage,
): Promise<void> {
  await db.query('delete from parked where message_id = $1 and step = $2 and direction = $3', [
    message.messageId,
    step,
    direction,
  ]);
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
