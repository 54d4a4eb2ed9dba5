import { memberOf, textOf } from '@/features/saga-detail/event-data.ts';
import type { Attempt } from '@/features/saga-detail/attempts.ts';
import type { SagaEvent } from '@/lib/trpc.ts';

type MoveKind =
  | 'succeeded'
  | 'said-no'
  | 'failed'
  | 'unknown'
  | 'answer-lost'
  | 'turned'
  | 'undone'
  | 'stuck'
  | 'stalled'
  | 'taken-over'
  | 'by-hand'
  | 'ended';

/** Something that became of a saga, said without the manner of its style: who sent what is left out. */
export interface Move {
  readonly kind: MoveKind;
  /** Absent for what concerns the saga as a whole. */
  readonly step?: string;
  readonly way: Attempt['way'];
  readonly seq: number;
  readonly at: string;
  readonly word: string;
}

const ofTheSaga: Readonly<Record<string, MoveKind>> = {
  CompensationStarted: 'turned',
  SagaStuck: 'stuck',
  SagaStalled: 'stalled',
  SagaTakenOver: 'taken-over',
  OperatorActed: 'by-hand',
  SagaCompleted: 'ended',
  SagaCompensated: 'ended',
  SagaResolved: 'ended',
};

export function movesOf(events: readonly SagaEvent[]): readonly Move[] {
  const done = new Set<string>();
  return events.flatMap((event): Move[] => {
    const { type, step, seq, at } = event;
    const way = isOfTheWayBack(type) ? 'compensation' : 'action';
    const saga = ofTheSaga[type];
    if (saga) return [{ kind: saga, way: 'action', seq, at, word: type }];
    if (step === undefined) return [];
    const kind = kindOf(event, done.has(`${step} ${way}`));
    if (!kind) return [];
    if (kind === 'succeeded' || kind === 'undone') done.add(`${step} ${way}`);
    return [{ kind, step, way, seq, at, word: textOf(memberOf(event.data, 'error'), 'message') }];
  });
}

const isOfTheWayBack = (type: string): boolean =>
  type === 'StepCompensated' || type === 'CompensationFailed';

function kindOf({ type, data }: SagaEvent, isDone: boolean): MoveKind | undefined {
  const failure = textOf(data, 'failure');
  switch (type) {
    case 'StepSucceeded':
      return 'succeeded';
    case 'StepCompensated':
      return 'undone';
    case 'StepFailed':
      return failure === 'business' ? 'said-no' : 'failed';
    case 'CompensationFailed':
      return failure === 'unknown' ? doubt(isDone) : 'failed';
    case 'StepOutcomeUnknown':
    case 'OutcomeUnstorable':
      return doubt(isDone);
    default:
      return undefined;
  }
}

/** After its effect is in the log, doubt is only about an answer that nobody waits for any more. */
const doubt = (isDone: boolean): MoveKind => (isDone ? 'answer-lost' : 'unknown');
