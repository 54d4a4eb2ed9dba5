import type { Message, Reaction, RecordedMessage } from '@counterstep/saga-core/choreography';
import { backoffMs, type SagaShape, stepOf } from '@counterstep/saga-core/definition';
import { createAlarm, createBatcher, type Lifecycle } from '@counterstep/saga-core/engine';
import {
  type Command,
  type Failure,
  failureOf,
  type Outcome,
} from '@counterstep/saga-core/participant';
import type { ServiceParticipant } from '../barrier/participant.ts';
import type { Pool } from '../tx/index.ts';
import { type ParkedMessage, parkUnderWay, takeDue, unparkUnderWay } from './parked.ts';
import { createParkingPlace } from './parking.ts';
import { createPatience } from './patience.ts';
import {
  answerTo,
  commandOf,
  failureIn,
  follow,
  type ReactionFailure,
  rejectionOf,
} from './reaction-messages.ts';

export interface ReactorOptions {
  /** The service's own database. */
  readonly pool: Pool;
  readonly participant: ServiceParticipant;
  /** Of this service only. */
  readonly reactions: readonly Reaction[];
  readonly definition: SagaShape;
  /** The database's time, in ms. */
  readonly nowMs: () => number;
  /** The outbox has something new: its readers may look. */
  readonly onEmit: () => void;
  readonly onError: (error: unknown) => void;
}

export interface Reactor extends Lifecycle {
  /** Reacts to messages; returns once each is done or parked, so the reader may move on. */
  handle(messages: readonly RecordedMessage[]): Promise<void>;
}

/** Looks this often for what others have parked or put back, and sooner for what it has parked itself. */
const pollMs = { min: 50, max: 500 };
const takeMax = 100;
/**
 * Attempts that go on in the background at the most; beyond that, reading waits. Without a bound a large
 * launch queued for longer than a step may take: one saga of seven was given up for nothing.
 */
const backgroundMax = 1_000;
/** Each closes its key in a transaction of its own: more at once would take every connection. */
const closingMax = 2;
/** Beyond a step's timeout, before a parked message that nobody finished is tried by somebody else. */
const graceMs = 1_000;

/** The service's side of a choreographed saga: messages in, barriered operations, messages out. */
export function createReactor(options: ReactorOptions): Reactor {
  const { pool, participant, definition, onError } = options;
  const alarm = createAlarm();
  const background = new Set<Promise<void>>();
  const reported = new WeakSet<object>();
  const parking = createParkingPlace(pool);
  const patience = createPatience();
  const closing = createBatcher<() => Promise<unknown>, unknown>({
    run: (closes) => Promise.all(closes.map((close) => close())),
    sizeMax: 1,
    inFlightMax: closingMax,
  });
  let stopping = false;
  /** When each comes due of what it has parked itself, in ms of the database's time. */
  let ownDueMs: number[] = [];
  let loop: Promise<void> | undefined;

  const inMs = (ms: number): string => new Date(options.nowMs() + ms).toISOString();

  function timeoutMsOf(step: string): number {
    return stepOf(definition, step).timeoutMs;
  }

  /** One attempt of one reaction, from the call to what follows from its outcome. */
  async function attempt(
    reaction: Reaction,
    parked: ParkedMessage,
    wasParked: boolean,
  ): Promise<void> {
    const failure = await failureOfCall(reaction, parked);
    if (!failure) {
      if (wasParked) await parking.unpark(parked);
      options.onEmit();
      return;
    }
    await giveUpOrRetry(reaction, { ...parked, attempts: parked.attempts + 1 }, failure);
    options.onEmit();
    alarm.wake();
  }

  /** What went wrong in one attempt; a request that cannot be built is a "no" of its own. */
  async function failureOfCall(
    reaction: Reaction,
    parked: ParkedMessage,
  ): Promise<ReactionFailure | undefined> {
    let command: Command;
    try {
      command = commandOf(reaction, parked, inMs(timeoutMsOf(reaction.step)));
    } catch (error) {
      return { kind: 'business', error: failureOf(error, 'REQUEST_FAILED') };
    }
    return failureIn(reaction, await call(reaction, parked.message, command));
  }

  async function call(
    reaction: Reaction,
    message: RecordedMessage,
    command: Command,
  ): Promise<Outcome> {
    const controller = new AbortController();
    const timeoutMs = timeoutMsOf(reaction.step);
    const timer = setTimeout(() => controller.abort(), timeoutMs);
    const silence = new Promise<Outcome>((resolve) => {
      controller.signal.addEventListener('abort', () => resolve(noReply(timeoutMs)), {
        once: true,
      });
    });
    const reply = participant
      .execute(command, controller.signal, {
        epoch: message.epoch,
        emit: (outcome) => answerTo(reaction, message, command, outcome),
      })
      .catch((error: unknown): Outcome => ({
        kind: 'unknown',
        error: failureOf(error, 'REACTION_THREW'),
      }));
    try {
      return await Promise.race([reply, silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function giveUpOrRetry(
    reaction: Reaction,
    parked: ParkedMessage,
    { kind, error }: ReactionFailure,
  ): Promise<void> {
    const { step, direction } = reaction;
    const { retry, compensationRetry } = stepOf(definition, step);
    const policy = direction === 'action' ? retry : compensationRetry;
    const { message, attempts } = parked;
    const spent = attempts - parked.forgiven;
    const isLast = kind === 'business' || spent >= policy.maxAttempts;
    const report = (retryAt: string | null, isStuck: boolean): Message =>
      follow(message, `${step}/attempt-failed`, step, reaction.service, {
        kind: 'attempt-failed',
        direction,
        attempt: attempts,
        failure: kind,
        error,
        retryAt,
        isStuck,
      });

    const refusal = isLast && refusalOf(reaction, parked, error);
    if (!isLast) {
      const dueAt = inMs(backoffMs(policy, spent, Math.random()));
      ownDueMs.push(Date.parse(dueAt));
      await parking.park(parked, { state: 'waiting', error, dueAt, notice: report(dueAt, false) });
    } else if (!refusal) {
      const notice = report(null, true);
      await parking.park(parked, { state: 'dead', error, dueAt: inMs(0), notice });
    } else {
      // Parked first: if this process ends before the key is closed, somebody else closes it.
      const dueAt = inMs(graceMs);
      await parking.park(parked, { state: 'waiting', error, dueAt, notice: report(null, false) });
      const key = { sagaId: message.sagaId, step, direction };
      const given = { epoch: message.epoch, message: () => refusal };
      await closing.add(() => participant.giveUp(key, given));
      await parking.unpark(parked);
    }
  }

  function start(reaction: Reaction, message: RecordedMessage): Started {
    const { step, direction } = reaction;
    const first = { message, step, direction, attempts: 0, forgiven: 0, generation: 1 };
    const started: Started = {
      parked: first,
      isDone: false,
      isParked: false,
      work: Promise.resolve(),
    };
    started.work = attempt(reaction, first, false).then(async () => {
      started.isDone = true;
      if (started.isParked) await parking.unparkUnderWay(first);
    });
    return started;
  }

  /** Parks attempts that take long, all at once: they go on in the background and hold up nobody. */
  async function parkSlow(slow: readonly Started[]): Promise<void> {
    for (const started of slow) {
      started.isParked = true;
      track(started.work);
    }
    await parkUnderWay(
      pool,
      slow.map(({ parked }) => parked),
      ({ step }) => timeoutMsOf(step) + graceMs,
    );
    // Some may have ended while the rows were being written.
    const ended = slow.filter(({ isDone }) => isDone).map(({ parked }) => parked);
    if (ended.length > 0) await unparkUnderWay(pool, ended);
  }

  function track(work: Promise<void>): void {
    const guarded = work.catch(report).finally(() => background.delete(guarded));
    background.add(guarded);
  }

  /** Once: a batch that fails fails for each message in it. */
  function report(error: unknown): void {
    if (typeof error === 'object' && error !== null) {
      if (reported.has(error)) return;
      reported.add(error);
    }
    onError(error);
  }

  /** Returns how long to wait before the next look, in ms. */
  async function retryDue(): Promise<number> {
    const nowMs = options.nowMs();
    ownDueMs = ownDueMs.filter((ms) => ms > nowMs);
    const hiddenMs = Math.max(...definition.steps.map((step) => step.timeoutMs)) + graceMs;
    const room = Math.min(takeMax, backgroundMax - background.size);
    const due = room > 0 ? await takeDue(pool, room, hiddenMs) : [];
    for (const parked of due) {
      const reaction = options.reactions.find(
        (r) =>
          r.on.type === parked.message.type &&
          r.step === parked.step &&
          r.direction === parked.direction,
      );
      if (reaction) track(attempt(reaction, parked, true));
    }
    // There may be more.
    if (due.length === room) return pollMs.min;
    const nextMs = ownDueMs.reduce((first, ms) => Math.min(first, ms), Infinity);
    return Math.min(pollMs.max, Math.max(pollMs.min, nextMs - options.nowMs()));
  }

  return {
    async handle(messages) {
      while (background.size >= backgroundMax) await Promise.race(background);
      const all = messages.flatMap((message) =>
        options.reactions
          .filter((reaction) => reaction.on.type === message.type)
          .map((reaction) => start(reaction, message)),
      );
      const slow = await patience.wait(all);
      if (slow.length > 0) await parkSlow(slow);
    },
    start() {
      loop ??= (async () => {
        while (!stopping) {
          const waitMs = await retryDue().catch((error: unknown) => {
            onError(error);
            return pollMs.max;
          });
          await alarm.wait(waitMs);
        }
      })();
      return Promise.resolve();
    },
    async stop() {
      stopping = true;
      alarm.wake();
      await loop;
      await Promise.all(background);
    },
  };
}

/** What the reaction says when it is given up; nothing where that is not allowed, or cannot be said. */
function refusalOf(
  reaction: Reaction,
  { message, attempts }: ParkedMessage,
  error: Failure,
): Message | undefined {
  if (!reaction.rejected) return undefined;
  try {
    return rejectionOf(reaction, message, 'closed', attempts, error);
  } catch {
    // It is the author's function that throws. The letter is dead: a person has to look.
    return undefined;
  }
}

/** The first attempt of one reaction, under way. */
interface Started {
  readonly parked: ParkedMessage;
  isDone: boolean;
  isParked: boolean;
  work: Promise<void>;
}

const noReply = (timeoutMs: number): Outcome => ({
  kind: 'unknown',
  error: { code: 'STEP_TIMEOUT', message: `No reply within ${timeoutMs} ms.` },
});
