import type { Message, Reaction, Report } from '../src/choreography/index.ts';
import type { FencedEffect } from '../src/participant/index.ts';
import { orderFlow } from './order-flow.ts';

/** What services have done to one saga by themselves, and what they have said of it. */
export interface History {
  readonly messages: readonly Message[];
  readonly effects: readonly FencedEffect[];
}

const error = { code: 'NO', message: 'No.' };

/**
 * Lets the services of `orderFlow` react to each other for so many hops. Fates, one per hop: 0 applied,
 * 1 rejected where it may be, 2 a failed attempt before it, 3 one that gets stuck and ends it.
 */
export function live(fates: readonly number[], hops: number): History {
  const messages: Message[] = [first()];
  const effects: FencedEffect[] = [];
  for (let hop = 0; hop < hops; hop += 1) {
    const cause = messages.findLast((message) => message.report.kind !== 'attempt-failed');
    const reaction = orderFlow.reactions.find(({ on }) => on.type === cause?.type);
    if (!cause || !reaction) break;
    const fate = fates[hop] ?? 0;
    if (fate >= 2) messages.push(failedAttempt(cause, reaction, fate === 3));
    if (fate === 3) break;
    const isRejected = fate === 1 && reaction.rejected !== undefined;
    effects.push(effectOf(reaction, isRejected));
    messages.push(answer(cause, reaction, isRejected));
  }
  return { messages, effects };
}

function effectOf({ step, direction }: Reaction, isRejected: boolean): FencedEffect {
  const outcome = isRejected ? 'rejected' : 'applied';
  return { step, direction, generation: 1, outcome, result: isRejected ? error : { id: 'x' } };
}

function answer(cause: Message, reaction: Reaction, isRejected: boolean): Message {
  const { direction, rejected, applied } = reaction;
  const type = isRejected && rejected ? rejected.event.type : applied.event.type;
  const report: Report = isRejected
    ? { kind: 'rejected', attempt: 1, error }
    : { kind: 'applied', direction, attempt: 1, output: { id: 'x' } };
  return follow(cause, reaction, type, report);
}

function failedAttempt(cause: Message, reaction: Reaction, isStuck: boolean): Message {
  return follow(cause, reaction, `${reaction.step}/attempt-failed`, {
    kind: 'attempt-failed',
    direction: reaction.direction,
    attempt: 1,
    failure: 'unknown',
    error,
    retryAt: isStuck ? null : '2026-01-01T00:00:00.000Z',
    isStuck,
  });
}

function follow(cause: Message, { step, service }: Reaction, type: string, report: Report) {
  const { depth, messageId } = cause;
  return {
    ...cause,
    messageId: `${messageId}>${type}`,
    causationId: messageId,
    depth: depth + 1,
    type,
    step,
    service,
    report,
  };
}

function first(): Message {
  return {
    messageId: 'm',
    type: orderFlow.start.type,
    version: 1,
    service: 'order',
    sagaId: 's',
    causationId: null,
    depth: 0,
    definition: 'order-like',
    definitionVersion: 1,
    epoch: 0,
    step: 'create',
    report: { kind: 'accepted', input: { id: 'o-1' } },
    data: { id: 'o-1' },
    correlationId: null,
    idempotencyKey: null,
  };
}
