import { randomUUID } from 'node:crypto';
import type {
  Message,
  Reaction,
  RecordedMessage,
  Report,
} from '@counterstep/saga-core/choreography';
import { asJson } from '@counterstep/saga-core/definition';
import type { Command, Failure, Outcome } from '@counterstep/saga-core/participant';
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

export function commandOf(reaction: Reaction, parked: ParkedMessage, notAfter: string): Command {
  const { message, generation } = parked;
  return {
    sagaId: message.sagaId,
    step: reaction.step,
    direction: reaction.direction,
    operation: reaction.operation.name,
    attempt: parked.attempts + 1,
    generation,
    request: asJson(reaction.request(message.data as never)),
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

export function rejectionOf(
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
