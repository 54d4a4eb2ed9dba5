import type { Saga, StepDetail } from '@/lib/trpc.ts';
import type { Turn } from './turn.ts';

/** Steps that run at once: one column of the diagram. */
export interface Stage {
  readonly column: number;
  readonly steps: readonly StepDetail[];
  readonly undoable: readonly StepDetail[];
  /** Name of the group, where several run at once. */
  readonly group?: string;
}

export function stagesOf({ steps }: Saga): readonly Stage[] {
  const numbers = [...new Set(steps.map(({ stage }) => stage))].sort((a, b) => a - b);
  return numbers.map((number, index) => {
    const members = steps.filter(({ stage }) => stage === number);
    const [first] = members;
    return {
      column: index + 1,
      steps: members,
      undoable: members.filter(({ counterOperation }) => counterOperation),
      ...(members.length > 1 && first?.group && { group: first.group.name }),
    };
  });
}

export const isReached = ({ steps }: Stage): boolean =>
  steps.some(({ status }) => status !== 'pending');

/** The column where a saga turned: that of its cause, or, where no step was it, the last one reached. */
export function turnColumn(stages: readonly Stage[], { step }: Turn): number {
  const cause = stages.find(({ steps }) => steps.some(({ name }) => name === step));
  return (cause ?? stages.findLast(isReached) ?? stages[0])?.column ?? 1;
}

/** How far the way back has come to a stage. */
export function undoState({ undoable }: Stage): 'none' | 'owed' | 'begun' {
  const owed = undoable.filter(({ compensation }) => compensation !== undefined);
  if (owed.length === 0) return 'none';
  return owed.some(({ compensation }) => compensation !== 'owed') ? 'begun' : 'owed';
}
