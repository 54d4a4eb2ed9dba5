import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  Message,
  Reaction,
  RecordedMessage,
  Report,
} from '@counterstep/saga-core/choreography';
import { asJson, backoffMs, type SagaShape, stepOf } from '@counterstep/saga-core/definition';
import { createAlarm, type Lifecycle } from '@counterstep/saga-core/engine';
import {
  type Command,
  type Failure,
  failureOf,
  type Outcome,
} from '@counterstep/saga-core/participant';
import type { ServiceParticipant } from '../barrier/participant.ts';
import type { Pool } from '../tx/index.ts';
import {
  park,
  type ParkedMessage,
  parkUnderWay,
  takeDue,
  unpark,
  unparkUnderWay,
} from './parked.ts';

export interface ReactorOptions {
  /** The service's own database. */
  readonly pool: Pool;
  readonly participant: ServiceParticipant;
  /** Of this service only. */
  readonly reactions: readonly Reaction[];
  readonly definition: SagaShape;
  /** The outbox has something new: its readers may look. */
  readonly onEmit: () => void;
  readonly onError: (error: unknown) => void;
}

export interface Reactor extends Lifecycle {
  /** Reacts to messages; returns once each is done or parked, so the reader may move on. */
  handle(messages: readonly RecordedMessage[]): Promise<void>;
}

/** A reaction that takes longer is parked and goes on in the background: it must block nobody else. */
const patienceMs = 200;
const pollMs = 100;
const takeMax = 100;
/** Beyond a step's timeout, before a parked message that nobody finished is tried by somebody else. */
const graceMs = 1_000;

/** The service's side of a choreographed saga: messages in, barriered operations, messages out. */
export function createReactor(options: ReactorOptions): Reactor {
  const { pool, participant, definition, onError } = options;
  const alarm = createAlarm();
  const background = new Set<Promise<void>>();
  let stopping = false;
  let loop: Promise<void> | undefined;

  function timeoutMsOf(step: string): number {
    return stepOf(definition, step).timeoutMs;
  }

  /** One attempt of one reaction, from the call to what follows from its outcome. */
  async function attempt(
    reaction: Reaction,
    parked: ParkedMessage,
    wasParked: boolean,
  ): Promise<void> {
    const command = commandOf(reaction, parked, timeoutMsOf(reaction.step));
    const outcome = await call(reaction, parked.message, command);
    const failure = failureIn(reaction, outcome);
    if (!failure) {
      if (wasParked) await unpark(pool, parked);
      options.onEmit();
      return;
    }
    await giveUpOrRetry(reaction, { ...parked, attempts: command.attempt }, failure);
    options.onEmit();
    alarm.wake();
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
      .execute(command, controller.signal, (outcome) =>
        answerTo(reaction, message, command, outcome),
      )
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

    if (!isLast) {
      const dueAt = inMs(backoffMs(policy, spent, Math.random()));
      await park(pool, parked, { state: 'waiting', error, dueAt, notice: report(dueAt, false) });
    } else if (!reaction.rejected) {
      const notice = report(null, true);
      await park(pool, parked, { state: 'dead', error, dueAt: inMs(0), notice });
    } else {
      // Parked first: if this process ends before the key is closed, somebody else closes it.
      const dueAt = inMs(graceMs);
      await park(pool, parked, { state: 'waiting', error, dueAt, notice: report(null, false) });
      await participant.close({ sagaId: message.sagaId, step, direction }, () =>
        rejectionOf(reaction, message, 'closed', attempts, error),
      );
      await unpark(pool, parked);
    }
  }

  /** Runs an attempt; if it takes long it is parked, so that the outbox cursor can pass it. */
  async function start(reaction: Reaction, message: RecordedMessage): Promise<void> {
    const { step, direction } = reaction;
    const parked: ParkedMessage = {
      message,
      step,
      direction,
      attempts: 0,
      forgiven: 0,
      generation: 1,
    };
    let isParked = false;
    let isDone = false;
    const work = attempt(reaction, parked, false).then(async () => {
      isDone = true;
      if (isParked) await unparkUnderWay(pool, parked);
    });
    await Promise.race([work, delay(patienceMs, undefined, { ref: false })]);
    if (isDone) return;
    isParked = true;
    const dueAt = inMs(timeoutMsOf(step) + graceMs);
    await parkUnderWay(pool, parked, dueAt);
    // It may have ended while the row was being written.
    if (isDone) await unparkUnderWay(pool, parked);
    track(work);
  }

  function track(work: Promise<void>): void {
    const guarded = work.catch(onError).finally(() => background.delete(guarded));
    background.add(guarded);
  }

  async function retryDue(): Promise<void> {
    const hiddenMs = Math.max(...definition.steps.map((step) => step.timeoutMs)) + graceMs;
    const due = await takeDue(pool, takeMax, hiddenMs);
    for (const parked of due) {
      const reaction = options.reactions.find(
        (r) =>
          r.on.type === parked.message.type &&
          r.step === parked.step &&
          r.direction === parked.direction,
      );
      if (reaction) track(attempt(reaction, parked, true));
    }
  }

  return {
    async handle(messages) {
      await Promise.all(
        messages.flatMap((message) =>
          options.reactions
            .filter((reaction) => reaction.on.type === message.type)
            .map((reaction) => start(reaction, message)),
        ),
      );
    },
    start() {
      loop ??= (async () => {
        while (!stopping) {
          await retryDue().catch(onError);
          await alarm.wait(pollMs);
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

interface ReactionFailure {
  readonly kind: 'business' | 'transient' | 'unknown';
  readonly error: Failure;
}

/** What of an outcome is a failure for this reaction; a "no" that it may answer with is none. */
function failureIn(reaction: Reaction, outcome: Outcome): ReactionFailure | undefined {
  switch (outcome.kind) {
    case 'applied':
    case 'null-compensated':
    case 'closed':
    case 'suppressed':
      return undefined;
    case 'rejected':
      return reaction.rejected ? undefined : { kind: 'business', error: outcome.error };
    case 'expired':
      return {
        kind: 'transient',
        error: { code: 'EXPIRED', message: 'It came after its time limit.' },
      };
    case 'transient':
    case 'unknown':
      return { kind: outcome.kind, error: outcome.error };
  }
}

function commandOf(reaction: Reaction, parked: ParkedMessage, timeoutMs: number): Command {
  const { message, generation } = parked;
  return {
    sagaId: message.sagaId,
    step: reaction.step,
    direction: reaction.direction,
    operation: reaction.operation.name,
    attempt: parked.attempts + 1,
    generation,
    request: asJson(reaction.request(message.data as never)),
    notAfter: inMs(timeoutMs),
  };
}

/** The event that a fresh outcome emits, committed with the effect. */
function answerTo(
  reaction: Reaction,
  message: RecordedMessage,
  { attempt, direction }: Command,
  outcome: Outcome,
): Message | undefined {
  const { step, service, applied } = reaction;
  const { event, data } = applied;
  switch (outcome.kind) {
    case 'applied': {
      const { output } = outcome;
      const report: Report = { kind: 'applied', direction, attempt, output };
      return follow(
        message,
        event.type,
        step,
        service,
        report,
        data(message.data as never, output as never),
      );
    }
    case 'null-compensated': {
      const report: Report = { kind: 'null-compensated', attempt };
      return follow(
        message,
        event.type,
        step,
        service,
        report,
        data(message.data as never, null as never),
      );
    }
    case 'rejected':
      return reaction.rejected
        ? rejectionOf(reaction, message, 'rejected', attempt, outcome.error)
        : undefined;
    default:
      return undefined;
  }
}

function rejectionOf(
  reaction: Reaction,
  message: RecordedMessage,
  kind: 'rejected' | 'closed',
  attempt: number,
  error: Failure,
): Message {
  const { rejected, step, service } = reaction;
  if (!rejected) throw new Error(`The reaction of "${step}" has no rejection to emit.`);
  const data = rejected.data(message.data as never, error as never);
  return follow(message, rejected.event.type, step, service, { kind, attempt, error }, data);
}

/** A message caused by another one. */
function follow(
  cause: RecordedMessage,
  type: string,
  step: string,
  service: string,
  report: Report,
  data: unknown = null,
): Message {
  const { at: _at, ...envelope } = cause;
  return {
    ...envelope,
    messageId: randomUUID(),
    type,
    service,
    step,
    causationId: cause.messageId,
    depth: cause.depth + 1,
    idempotencyKey: null,
    report,
    data: asJson(data),
  };
}

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

const noReply = (timeoutMs: number): Outcome => ({
  kind: 'unknown',
  error: { code: 'STEP_TIMEOUT', message: `No reply within ${timeoutMs} ms.` },
});
