import type { Reaction, RecordedMessage } from '@counterstep/saga-core/choreography';
import { type SagaShape, stepOf } from '@counterstep/saga-core/definition';
import { createAlarm, type Lifecycle } from '@counterstep/saga-core/engine';
import type { ServiceParticipant } from '../barrier/participant.ts';
import type { Pool } from '../tx/index.ts';
import { type ParkedMessage, parkUnderWay, takeDue, unparkUnderWay } from './parked.ts';
import { createParkingPlace } from './parking.ts';
import { createPatience } from './patience.ts';
import { createAttempt, graceMs } from './reaction-attempt.ts';

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

/** The service's side of a choreographed saga: messages in, barriered operations, messages out. */
export function createReactor(options: ReactorOptions): Reactor {
  const { pool, definition, onError } = options;
  const alarm = createAlarm();
  const background = new Set<Promise<void>>();
  const reported = new WeakSet<object>();
  const parking = createParkingPlace(pool);
  const patience = createPatience();
  let stopping = false;
  /** When each comes due of what it has parked itself, in ms of the database's time. */
  let ownDueMs: number[] = [];
  let loop: Promise<void> | undefined;

  const attempt = createAttempt({
    ...options,
    parking,
    onRetry: (dueMs) => ownDueMs.push(dueMs),
    onGivenBack: () => alarm.wake(),
  });

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
      ({ step }) => stepOf(definition, step).timeoutMs + graceMs,
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

/** The first attempt of one reaction, under way. */
interface Started {
  readonly parked: ParkedMessage;
  isDone: boolean;
  isParked: boolean;
  work: Promise<void>;
}
