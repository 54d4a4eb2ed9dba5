import type { SagaRow } from '@/lib/trpc.ts';
import type { StepStatus } from './status.ts';

/** One cell with what its definition adds to it. */
export type DrawnCell = SagaRow['steps'][number] & {
  /** The status that is drawn: a wait that was given up looks as if never reached. */
  readonly drawn: StepStatus;
  readonly isWait: boolean;
  readonly stage: number;
  readonly word: string;
};

const pitch = 20;
/** Cells of one stage touch. */
const pitchInStage = 18;
/** Room for the pivot's rule after the step that it follows. */
const pivotGap = 4;

/** Where each cell begins. */
export function xOf(cells: readonly DrawnCell[]): readonly number[] {
  const pivot = cells.findIndex(({ isPivot }) => isPivot);
  let x = 0;
  return cells.map((cell, index) => {
    const before = cells[index - 1];
    if (before) x += before.stage === cell.stage ? pitchInStage : pitch;
    if (pivot >= 0 && index === pivot + 1) x += pivotGap;
    return x;
  });
}
