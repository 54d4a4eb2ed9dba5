import type { Message, Reaction, RecordedMessage } from '@counterstep/saga-core/choreography';
import { backoffMs, type SagaShape, stepOf } from '@counterstep/saga-core/definition';
import { createBatcher } from '@counterstep/saga-core/engine';
import {
  type Command,
  type Failure,
  failureOf,
  type Outcome,
} from '@counterstep/saga-core/participant';
import type { ServiceParticipant } from '../barrier/participant.ts';
import type { ParkedMessage } from './parked.ts';
import type { ParkingPlace } from './parking.ts';
import {
  answerTo,
  commandOf,
  failureIn,
  follow,
  type ReactionFailure,
  rejectionOf,
} from './reaction-messages.ts';

export interface AttemptOptions {
  readonly participant: ServiceParticipant;
  readonly definition: SagaShape;
  readonly parking: ParkingPlace;
  /** The database's time, in ms. */
  readonly nowMs: () => number;
  /** The outbox has something new: its readers may look. */
  readonly onEmit: () => void;
  /** A message was parked until then, in ms of the database's time. */
  readonly onRetry: (dueMs: number) => void;
  /** A message was parked, or given up for good. */
  readonly onGivenBack: () => void;
}

/** @param wasParked it has a row among the parked messages, to be removed when it is done */
export type Attempt = (
  reaction: Reaction,
  parked: ParkedMessage,
  wasParked: boolean,
) => Promise<void>;

/** Each closes its key in a transaction of its own: more at once would take every connection. */
const closingMax = 2;
/** Beyond a step's timeout, before a parked message that nobody finished is tried by somebody else. */
export const graceMs = 1_000;

/** Calls a service's own operation for a message: what it says is sent, what fails is parked or given up. */
export function createAttempt(options: AttemptOptions): Attempt {
  const { participant, definition, parking } = options;
  const closing = createBatcher<() => Promise<unknown>, unknown>({
    run: (closes) => Promise.all(closes.map((close) => close())),
    sizeMax: 1,
    inFlightMax: closingMax,
  });

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
    options.onGivenBack();
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
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => {
        controller.abort();
        resolve(noReply(timeoutMs));
      }, timeoutMs);
    });
    const reply = participant
      .execute(command, controller, {
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
      options.onRetry(Date.parse(dueAt));
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

  return attempt;
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

const noReply = (timeoutMs: number): Outcome => ({
  kind: 'unknown',
  error: { code: 'STEP_TIMEOUT', message: `No reply within ${timeoutMs} ms.` },
});
