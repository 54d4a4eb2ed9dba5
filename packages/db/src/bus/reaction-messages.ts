import {
  type Emission,
  type Message,
  readEvent,
  type Reaction,
  type RecordedMessage,
  type Report,
} from '@counterstep/saga-core/choreography';
import { asJson } from '@counterstep/saga-core/definition';
import type { Command, Failure, Json, Outcome } from '@counterstep/saga-core/participant';
import { uuidV7 } from '../store/ids.ts';
import type { ParkedMessage } from './parked.ts';

export interface ReactionFailure {
  readonly kind: 'business' | 'transient' | 'unknown';
  readonly error: Failure;
}

/** What of an outcome is a failure for this reaction; a "no" that it may answer with is none. */
export function failureIn(reaction: Reaction, outcome: Outcome): ReactionFailure | undefined {
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
    case 'unstorable':
      return { kind: 'business', error: outcome.error };
    case 'transient':
    case 'unknown':
      return { kind: outcome.kind, error: outcome.error };
  }
}

/**
 * The command that a message asks for.
 *
 * @throws EventError when the message does not fit the contract that the reaction was written for; the
 * reactor takes that as a "no", since no further attempt would find it better
 */
export function commandOf(reaction: Reaction, parked: ParkedMessage, notAfter: string): Command {
  const { message, generation } = parked;
  return {
    sagaId: message.sagaId,
    step: reaction.step,
    direction: reaction.direction,
    operation: reaction.operation.name,
    attempt: parked.attempts + 1,
    generation,
    request: asJson(reaction.request(received(reaction, message))),
    notAfter,
  };
}

/** The event that a fresh outcome emits, committed with the effect. */
export function answerTo(
  reaction: Reaction,
  message: RecordedMessage,
  { attempt, direction }: Command,
  outcome: Outcome,
): Message | undefined {
  const { applied } = reaction;
  const answer = (report: Report, result: Json) =>
    emitted(
      reaction,
      message,
      applied,
      report,
      applied.data(received(reaction, message), result as never),
    );
  switch (outcome.kind) {
    case 'applied': {
      const { output } = outcome;
      return answer({ kind: 'applied', direction, attempt, output }, output);
    }
    case 'null-compensated':
      return answer({ kind: 'null-compensated', attempt }, null);
    case 'rejected':
      return reaction.rejected
        ? rejectionOf(reaction, message, 'rejected', attempt, outcome.error)
        : undefined;
    default:
      return undefined;
  }
}

export function rejectionOf(
  reaction: Reaction,
  message: RecordedMessage,
  kind: 'rejected' | 'closed',
  attempt: number,
  error: Failure,
): Message {
  const { rejected, step } = reaction;
  if (!rejected) throw new Error(`The reaction of "${step}" has no rejection to emit.`);
  const data = refusalData(reaction, rejected, message, error);
  return emitted(reaction, message, rejected, { kind, attempt, error }, data);
}

const received = (reaction: Reaction, message: RecordedMessage): never =>
  readEvent(reaction.on, message) as never;

/**
 * The way back must begin even where the message that failed cannot be read: what it carried goes on
 * as it is, and whoever reads it next judges it again.
 */
function refusalData(
  reaction: Reaction,
  { data }: Emission,
  message: RecordedMessage,
  error: Failure,
): unknown {
  let read: never;
  try {
    read = received(reaction, message);
  } catch {
    return message.data;
  }
  return data(read, error as never);
}

/** An event of the business: it carries the version of its own contract, not that of its cause. */
function emitted(
  { step, service }: Reaction,
  cause: RecordedMessage,
  { event: { type, version } }: Emission,
  report: Report,
  data: unknown,
): Message {
  return { ...follow(cause, type, step, service, report, data), version };
}

/** A message caused by another one; where it is no event of the business, its data is null. */
export function follow(
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
    messageId: uuidV7(),
    type,
    version: 1,
    service,
    step,
    causationId: cause.messageId,
    depth: cause.depth + 1,
    idempotencyKey: null,
    report,
    data: asJson(data),
  };
}
