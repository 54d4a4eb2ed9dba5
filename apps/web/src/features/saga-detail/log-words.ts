import { money, plural, tail } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { SagaEvent } from '@/lib/trpc.ts';
import type { Look } from '@/ui/status.ts';
import { effectWords } from './effect-words.ts';
import { memberOf, readFailure, textOf } from './event-data.ts';
import { shortJson } from './short-json.ts';
import { verdictWords } from './stall-words.ts';

const looks: Readonly<Record<string, Look>> = {
  SagaAccepted: { icon: 'dot', word: 'accepted', tone: 'ink' },
  SagaClaimed: { icon: 'cpu', word: 'claimed', tone: 'mute' },
  StepDispatched: { icon: 'right', word: 'dispatched', tone: 'forward' },
  StepSucceeded: { icon: 'check', word: 'succeeded', tone: 'forward' },
  StepFailed: { icon: 'cross', word: 'failed', tone: 'stuck' },
  StepOutcomeUnknown: { icon: 'question', word: 'outcome unknown', tone: 'unknown' },
  OutcomeUnstorable: { icon: 'question', word: 'outcome unstorable', tone: 'unknown' },
  RetryScheduled: { icon: 'clock', word: 'retry scheduled', tone: 'wait' },
  TimerSet: { icon: 'clock', word: 'fell asleep', tone: 'wait' },
  TimerFired: { icon: 'clock', word: 'time is up', tone: 'wait' },
  SignalAwaited: { icon: 'letter', word: 'waits for a signal', tone: 'wait' },
  SignalReceived: { icon: 'letter', word: 'signal received', tone: 'forward' },
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
  SagaStalled: { icon: 'clock', word: 'stalled', tone: 'stuck' },
  SagaTakenOver: { icon: 'hub', word: 'taken over', tone: 'ink' },
  ServicesFenced: { icon: 'shield', word: 'services fenced', tone: 'ink' },
  SagaCompleted: { icon: 'check', word: 'completed', tone: 'forward' },
  SagaCompensated: { icon: 'undo', word: 'all undone', tone: 'back' },
  SagaResolved: { icon: 'person', word: 'resolved', tone: 'ink' },
};

/** An event type as icon, word, colour; one that is not known yet keeps its name. */
export function eventLook({ type }: SagaEvent): Look {
  return looks[type] ?? { icon: 'dot', word: type, tone: 'mute' };
}

/** One of a newer release is shown by its name, and folded by nobody. */
export const isKnownEvent = ({ type }: Pick<SagaEvent, 'type'>): boolean =>
  Object.hasOwn(looks, type);

/** What an event says beside its type, in a few words. `time` writes a moment as the reader likes it. */
export function eventDetail(
  event: SagaEvent,
  operation: string,
  time: (at: string) => string,
): string {
  const { type, data, at } = event;
  const error = readFailure(memberOf(data, 'error'));
  switch (type) {
    case 'SagaAccepted':
      return accepted(data, time);
    case 'SagaClaimed':
      return `worker ${textOf(data, 'workerId').slice(0, 8)}, fence ${String(memberOf(data, 'fence'))}`;
    case 'StepDispatched':
    case 'CompensationDispatched':
      return dispatched(event, time);
    case 'StepSucceeded':
      if (memberOf(data, 'byHand') === true) return 'an operator’s word';
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
    case 'TimerSet':
      return `until ${time(textOf(data, 'fireAt'))}`;
    case 'TimerFired':
      return fired[textOf(data, 'timer')] ?? '';
    case 'SignalAwaited': {
      const until = textOf(data, 'until');
      return until ? `until ${time(until)}` : 'for as long as it takes';
    }
    case 'SignalReceived':
      return shortJson(memberOf(data, 'payload'));
    case 'OutcomeUnstorable':
      return `it has happened, but its output cannot be kept: ${error?.message ?? ''}`;
    case 'CompensationStarted':
      return turned(memberOf(data, 'reason'), time);
    case 'SagaStalled':
      return stalled(data);
    case 'ServicesFenced':
      return `they obey no message below epoch ${String(memberOf(data, 'epoch'))}`;
    case 'OperatorActed':
      return `${actWord(data)}: ${textOf(data, 'reason')}`;
    default: {
      if (!error) return textOf(data, 'reason');
      const byHand = memberOf(data, 'byHand') === true && 'an operator’s word';
      return [textOf(data, 'failure'), byHand, error.message].filter(Boolean).join(', ');
    }
  }
}

const fired: Readonly<Record<string, string>> = {
  sleep: 'slept long enough',
  signal: 'no signal came in time; it goes on without',
  deadline: 'the step’s deadline has passed; no further attempt',
};

function stalled(data: unknown): string {
  const expected = memberOf(data, 'expected');
  const events = Array.isArray(expected) ? expected.join(' or ') : '';
  const cause = textOf(memberOf(data, 'cause'), 'type');
  const where = verdictWords[textOf(data, 'verdict')] ?? textOf(data, 'verdict');
  return `${events} should have followed ${cause} from ${textOf(data, 'consumer')}: ${where}`;
}

function dispatched({ attempt = 1, data }: SagaEvent, time: (at: string) => string): string {
  const deadlineAt = textOf(data, 'deadlineAt');
  const said = [attempt > 1 && 'same key', deadlineAt && `deadline ${time(deadlineAt)}`];
  return said.filter(Boolean).join(', ');
}

function accepted(data: unknown, time: (at: string) => string): string {
  const order = readOrder(memberOf(data, 'input'));
  const what = order
    ? `${plural(order.lines.length, 'line')}, ${money(order.total)}`
    : `${textOf(data, 'definition')}, ${textOf(data, 'style')}`;
  const key = textOf(data, 'idempotencyKey');
  const deadlineAt = textOf(data, 'deadlineAt');
  const said = [what, key && `key …${tail(key)}`, deadlineAt && `deadline ${time(deadlineAt)}`];
  return said.filter(Boolean).join(', ');
}

const acts: Readonly<Record<string, string>> = {
  compensate: 'gave up and walked back',
  resolve: 'ended by hand',
};

function actWord(data: unknown): string {
  const action = textOf(data, 'action');
  if (action === 'settle') return textOf(data, 'as') === 'done' ? 'it was done' : 'it was not done';
  return acts[action] ?? action;
}

function turned(reason: unknown, time: (at: string) => string): string {
  const step = textOf(reason, 'step');
  const kind = textOf(reason, 'kind');
  switch (kind) {
    case 'cancelled':
      return `cancelled: ${textOf(reason, 'reason')}`;
    case 'deadline':
      return `its deadline passed at ${time(textOf(reason, 'deadlineAt'))}`;
    case 'forced':
      return `by an operator: ${textOf(reason, 'reason')}`;
    case 'rejected':
      return `${step} said no`;
    default:
      return `budget of ${step} spent`;
  }
}
