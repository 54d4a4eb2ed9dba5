import { duration, millisBetween } from '@/lib/time/format.ts';
import type { SagaEvent } from '@/lib/trpc.ts';
import type { Look } from '@/ui/status.ts';
import { effectWords } from '../effect-words.ts';
import { memberOf, readFailure, textOf } from '../event-data.ts';
import { eventDetail, eventLook } from '../log-words.ts';
import type { Reader } from './reader.ts';
import type { SequenceRow } from './row.ts';

const looks = {
  duplicate: { icon: 'copy', word: 'duplicate, changed nothing', tone: 'mute' },
  lost: { icon: 'question', word: 'reply lost', tone: 'unknown' },
  reply: { icon: 'left', word: 'reply', tone: 'mute' },
  message: { icon: 'right', word: 'message', tone: 'forward' },
  back: { icon: 'left', word: 'walking back', tone: 'back' },
} as const satisfies Record<string, Look>;

/** The rows that one event of the log stands for; a fact that nobody sent or did has none. */
export function readEvent(reader: Reader, event: SagaEvent): readonly SequenceRow[] {
  switch (event.type) {
    case 'StepDispatched':
    case 'CompensationDispatched':
      return [dispatched(reader, event)];
    case 'StepSucceeded':
    case 'StepCompensated':
      return succeeded(reader, event);
    case 'StepFailed':
      return [refused(reader, event)];
    case 'CompensationFailed':
      return textOf(event.data, 'failure') === 'unknown'
        ? [lost(reader, event)]
        : [refused(reader, event)];
    case 'StepOutcomeUnknown':
    case 'OutcomeUnstorable':
      return [lost(reader, event)];
    case 'RetryScheduled':
      return retried(reader, event);
    case 'SagaAccepted':
    case 'CompensationStarted':
    case 'SagaCompleted':
    case 'SagaCompensated':
      // Without a coordinator these are the tracker's conclusions: nobody said so.
      return reader.isLeaderless(event) ? [] : [mark(reader, event)];
    default:
      return [mark(reader, event)];
  }
}

function base(reader: Reader, event: SagaEvent) {
  const { seq, at, step, attempt } = event;
  return {
    seq,
    at,
    way: reader.wayOf(event),
    ...(step !== undefined && { step }),
    ...(attempt !== undefined && { attempt }),
    isAfterTurn: false,
  };
}

function dispatched(reader: Reader, event: SagaEvent): SequenceRow {
  const cause = textOf(event.data, 'cause');
  const operation = reader.operation(event);
  const isAgain = (event.attempt ?? 1) > 1;
  const isDuplicate = reader.isDuplicate(event);
  const name = cause || operation;
  return {
    ...base(reader, event),
    kind: isDuplicate ? 'duplicate' : 'message',
    from: cause ? reader.sender(event) : reader.home(event),
    to: reader.lane(event),
    label: isAgain || isDuplicate ? `${name} again` : name,
    note: isDuplicate
      ? `attempt ${event.attempt ?? 1}, stopped at the inbox`
      : isAgain
        ? `attempt ${event.attempt}, same key`
        : '',
    look: isDuplicate
      ? looks.duplicate
      : reader.wayOf(event) === 'action'
        ? looks.message
        : looks.back,
  };
}

/** The effect, where it happened as its answer says; and the answer, where somebody waits for it. */
function succeeded(reader: Reader, event: SagaEvent): readonly SequenceRow[] {
  const isNull = textOf(event.data, 'effect') === 'null';
  const operation = reader.operation(event);
  const lane = reader.lane(event);
  const look = isNull
    ? ({ icon: 'nothing', word: 'nothing to undo', tone: 'back' } as const)
    : eventLook(event);
  if (reader.isLeaderless(event)) {
    const attempt = event.attempt ?? 1;
    const row = { ...base(reader, event), from: lane, look, note: '' };
    return isNull
      ? [{ ...row, kind: 'mark', label: `${operation}: nothing to undo` }]
      : [
          {
            ...row,
            kind: 'effect',
            label: `${operation} applied`,
            note: attempt > 1 ? `attempt ${attempt}` : '',
          },
        ];
  }
  const isDuplicate = memberOf(event.data, 'duplicate') === true;
  const isByHand = memberOf(event.data, 'byHand') === true;
  const said = effectWords(operation, memberOf(event.data, 'output'));
  const row = { ...base(reader, event), from: lane, to: reader.home(event), look: looks.reply };
  if (isByHand) {
    const { to: at, ...rest } = row;
    return [{ ...rest, kind: 'mark', from: at, label: `${operation} taken as done`, note: '' }];
  }
  return [
    {
      ...row,
      kind: 'reply',
      label: isNull ? 'nothing to undo' : said || `${operation} done`,
      note: isDuplicate ? 'the stored answer, duplicate: true' : '',
    },
  ];
}

function refused(reader: Reader, event: SagaEvent): SequenceRow {
  const failure = textOf(event.data, 'failure');
  const word = failure === 'business' ? 'rejected' : failure === 'closed' ? 'closed' : 'failed';
  return {
    ...base(reader, event),
    kind: 'refused',
    from: reader.lane(event),
    ...(!reader.isLeaderless(event) && { to: reader.home(event) }),
    label: `${reader.operation(event)} ${word}`,
    note: readFailure(memberOf(event.data, 'error'))?.message ?? '',
    look: { icon: 'cross', word: `${word}, no effect`, tone: 'stuck' },
  };
}

function lost(reader: Reader, event: SagaEvent): SequenceRow {
  const isKept = event.type === 'OutcomeUnstorable';
  return {
    ...base(reader, event),
    kind: 'lost',
    from: reader.lane(event),
    ...(!reader.isLeaderless(event) && { to: reader.home(event) }),
    label: isKept ? 'reply cannot be kept' : `reply of ${reader.operation(event)}`,
    note: readFailure(memberOf(event.data, 'error'))?.message ?? '',
    look: looks.lost,
  };
}

/**
 * A service whose effect is there will be told of its cause once more, and the inbox stops that copy.
 * A copy that changes nothing emits nothing, so no later event of the log says it.
 */
function retried(reader: Reader, event: SagaEvent): readonly SequenceRow[] {
  const runAt = textOf(event.data, 'runAt');
  const isLeaderless = reader.isLeaderless(event);
  const attempt = event.attempt ?? 1;
  const lane = reader.lane(event);
  const isSettled =
    isLeaderless && reader.isApplied(event) && !reader.hasLaterAttempt(event, attempt);
  const common = base(reader, event);
  if (isSettled) {
    if (runAt > reader.now) return [];
    const first = reader.firstDispatch(event);
    const cause = textOf(first?.data, 'cause') || reader.operation(event);
    return [
      {
        ...common,
        kind: 'duplicate',
        at: runAt > event.at ? runAt : event.at,
        from: first ? reader.sender(first) : lane,
        to: lane,
        label: `${cause} again`,
        note: `attempt ${attempt}, stopped at the inbox`,
        look: looks.duplicate,
      },
    ];
  }
  const waitMs = Math.max(0, millisBetween(event.at, runAt));
  return [
    {
      ...common,
      kind: 'mark',
      from: isLeaderless ? lane : reader.home(event),
      label: waitMs === 0 ? 'tries again at once' : `tries again in ${duration(waitMs)}`,
      note: `${reader.operation(event)}, attempt ${attempt}`,
      look: eventLook(event),
    },
  ];
}

function mark(reader: Reader, event: SagaEvent): SequenceRow {
  const isOfStep = event.step !== undefined && event.type !== 'PivotCommitted';
  const look = eventLook(event);
  const name = isOfStep ? `${reader.operation(event)} ${look.word}` : look.word;
  return {
    ...base(reader, event),
    kind: 'mark',
    from: placeOf(reader, event),
    label: event.type === 'PivotCommitted' ? 'point of no return' : name,
    note: event.type === 'SagaAccepted' ? '' : eventDetail(event, reader.operation(event), clockOf),
    look,
  };
}

function placeOf(reader: Reader, event: SagaEvent): string {
  if (event.type === 'PivotCommitted') return reader.lane(event);
  if (event.type === 'SagaStalled') {
    return textOf(event.data, 'consumer') || reader.home(event);
  }
  return event.type === 'SagaStuck' && reader.isLeaderless(event)
    ? reader.lane({ ...event, step: textOf(event.data, 'step') })
    : reader.home(event);
}

/** A moment inside a note: the axis has its own. */
const clockOf = (at: string) => at.slice(11, 19);
