import type { SagaRow } from '@/lib/trpc.ts';
import { type StepStatus, stepLooks, type UndoStatus, undoLooks } from './status.ts';
import { ForwardCell, UndoCell } from './strip-cells.tsx';

type Cells = SagaRow['steps'];

const width = 17;
const pitch = 20;
/** Room for the pivot's rule after the step that it follows. */
const pivotGap = 4;

/**
 * A saga at a glance: its steps above, its counter-steps below, each under what it undoes. The lower
 * lane appears only when something is owed; the rule after the pivot turns to ink once it commits.
 */
export function Strip({ steps, scale = 1 }: { steps: Cells; scale?: number }) {
  const pivot = steps.findIndex((step) => step.isPivot);
  const at = (index: number) => index * pitch + (pivot >= 0 && index > pivot ? pivotGap : 0);
  const total = steps.length === 0 ? width : at(steps.length - 1) + width;
  const ruleAt = pivot >= 0 ? at(pivot) + width + 3.5 : undefined;
  const isPast = steps[pivot]?.status === 'succeeded';
  return (
    <svg
      className="strip"
      width={total * scale}
      height={16 * scale}
      viewBox={`0 0 ${total} 16`}
      role="img"
      aria-label={describe(steps)}
    >
      {steps.map((step, index) => (
        <g key={step.name} transform={`translate(${at(index)} 0)`}>
          <ForwardCell status={step.status} />
          {step.compensation && <UndoCell status={step.compensation} />}
        </g>
      ))}
      {ruleAt !== undefined && pivot < steps.length - 1 && (
        <path className={isPast ? 'k-pivot past' : 'k-pivot'} d={`M${ruleAt} 0v16`} />
      )}
    </svg>
  );
}

function describe(steps: Cells): string {
  const said = (name: string, status: StepStatus) => `${name} ${stepLooks[status].word}`;
  const undone = (name: string, status: UndoStatus) => `undo of ${name} ${undoLooks[status].word}`;
  return [
    ...steps.map(({ name, status }) => said(name, status)),
    ...steps.flatMap(({ name, compensation }) =>
      compensation ? [undone(name, compensation)] : [],
    ),
  ]
    .join(', ')
    .toLowerCase();
}
