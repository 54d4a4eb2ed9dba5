import { money, plural, tail } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { SagaEvent } from '@/lib/trpc.ts';
import type { Look } from '@/ui/status.ts';
import { effectWords } from './effect-words.ts';
import { memberOf, readFailure, textOf } from './event-data.ts';

const looks: Readonly<Record<string, Look>> = {
  SagaAccepted: { icon: 'dot', word: 'accepted', tone: 'ink' },
  SagaClaimed: { icon: 'cpu', word: 'claimed', tone: 'mute' },
  StepDispatched: { icon: 'right', word: 'dispatched', tone: 'forward' },
  StepSucceeded: { icon: 'check', word: 'succeeded', tone: 'forward' },
  StepFailed: { icon: 'cross', word: 'failed', tone: 'stuck' },
  StepOutcomeUnknown: { icon: 'question', word: 'outcome unknown', tone: 'unknown' },
  RetryScheduled: { icon: 'clock', word: 'retry scheduled', tone: 'wait' },
  PivotCommitted: { icon: 'diamond', word: 'pivot committed', tone: 'ink' },
  CompensationStarted: { icon: 'left', word: 'turned back', tone: 'back' },
  CompensationDispatched: { icon: 'left', word: 'dispatched', tone: 'back' },
  StepCompensated: { icon: 'undo', word: 'compensated', tone: 'back' },
  CompensationFailed: { icon: 'cross', word: 'undo failed', tone: 'stuck' },
  CancelRequested: { icon: 'ban', word: 'cancel asked', tone: 'ink' },
  CancelRefused: { icon: 'ban', word: 'cancel refused', tone: 'ink' },
  SagaPaused: { icon: 'pause', word: 'paused', tone: 'ink' },
  SagaResumed: { icon: 'play', word: 'resumed', tone: 'ink' },
  SagaStuck: { icon: 'stuck', word: 'stuck', tone: 'stuck' },
  OperatorActed: { icon: 'person', word: 'operator acted', tone: 'ink' },
  SagaCompleted: { icon: 'check', word: 'completed', tone: 'forward' },
  SagaCompensated: { icon: 'undo', word: 'all undone', tone: 'back' },
  SagaResolved: { icon: 'person', word: 'resolved', tone: 'ink' },
};

/** An event type as icon, word, colour; one that is not known yet keeps its name. */
export function eventLook({ type }: SagaEvent): Look {
  return looks[type] ?? { icon: 'dot', word: type, tone: 'mute' };
}

/** What an event says beside its type, in a few words. */
export function eventDetail(event: SagaEvent, operation: string): string {
  const { type, data, at } = event;
  const error = readFailure(memberOf(data, 'error'));
  switch (type) {
    case 'SagaAccepted':
      return accepted(data);
    case 'SagaClaimed':
      return `worker ${textOf(data, 'workerId').slice(0, 8)}, fence ${String(memberOf(data, 'fence'))}`;
    case 'StepDispatched':
    case 'CompensationDispatched':
      return (event.attempt ?? 1) > 1 ? 'same key' : '';
    case 'StepSucceeded':
      return memberOf(data, 'duplicate') === true
        ? 'was there already, not repeated'
        : effectWords(operation, memberOf(data, 'output'));
    case 'StepCompensated':
      return textOf(data, 'effect') === 'null'
        ? 'nothing to undo'
        : effectWords(operation, undefined);
    case 'RetryScheduled': {
      const runAt = textOf(data, 'runAt');
      return runAt ? `back-off ${duration(millisBetween(at, runAt))}` : '';
    }
    case 'CompensationStarted':
      return turned(memberOf(data, 'reason'));
    case 'OperatorActed':
      return `${textOf(data, 'action')}: ${textOf(data, 'reason')}`;
    default:
      return error
        ? [textOf(data, 'failure'), error.message].filter(Boolean).join(', ')
        : textOf(data, 'reason');
  }
}

function accepted(data: unknown): string {
  const order = readOrder(memberOf(data, 'input'));
  if (!order) return `${textOf(data, 'definition')}, ${textOf(data, 'style')}`;
  const key = textOf(data, 'idempotencyKey');
  return `${plural(order.lines.length, 'line')}, ${money(order.total)}${key ? `, key …${tail(key)}` : ''}`;
}

function turned(reason: unknown): string {
  const step = textOf(reason, 'step');
  const kind = textOf(reason, 'kind');
  if (kind === 'cancelled') return `cancelled: ${textOf(reason, 'reason')}`;
  return kind === 'rejected' ? `${step} said no` : `budget of ${step} spent`;
}
