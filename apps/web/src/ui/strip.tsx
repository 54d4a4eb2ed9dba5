'use client';

import { Fragment } from 'react';
import { useVersion } from '@/lib/definitions.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { isFinished, stepLook, type UndoStatus, undoLooks } from './status.ts';
import { ForwardCell, UndoCell } from './strip-cells.tsx';
import { type DrawnCell, xOf } from './strip-layout.ts';
import { WaitCell } from './wait-cell.tsx';

const width = 17;

/**
 * A saga at a glance: its steps above, its counter-steps below, each under what it undoes. The lower
 * lane appears only when something is owed; the rule after the pivot turns to ink once it commits.
 * Steps that run at once touch; waits are round.
 */
export function Strip({ saga, scale = 1 }: { saga: SagaRow; scale?: number }) {
  const cells = useCells(saga);
  const pivot = cells.findIndex((step) => step.isPivot);
  const at = xOf(cells);
  const total = (at.at(-1) ?? 0) + width;
  const ruleAt = pivot >= 0 ? (at[pivot] ?? 0) + width + 3.5 : undefined;
  const isPast = cells[pivot]?.status === 'succeeded';
  return (
    <svg
      className="strip"
      width={total * scale}
      height={16 * scale}
      viewBox={`0 0 ${total} 16`}
      role="img"
      aria-label={describe(cells)}
    >
      {cells.map((cell, index) => {
        const place = `translate(${at[index]} 0)`;
        return (
          <Fragment key={cell.name}>
            {cell.isWait ? (
              <g transform={place}>
                <WaitCell status={cell.drawn} />
              </g>
            ) : (
              <ForwardCell status={cell.drawn} at={place} />
            )}
            {cell.compensation && <UndoCell status={cell.compensation} at={place} />}
          </Fragment>
        );
      })}
      {ruleAt !== undefined && pivot < cells.length - 1 && (
        <path className={isPast ? 'k-pivot past' : 'k-pivot'} d={`M${ruleAt} 0v16`} />
      )}
    </svg>
  );
}

/** Lists know steps by their status alone; which of them wait or run at once, the definition knows. */
function useCells({ definition, version, steps, current, status }: SagaRow): readonly DrawnCell[] {
  const shape = useVersion(definition, version)?.steps;
  const isOver = isFinished(status) || status === 'compensating';
  return steps.map((cell, index) => {
    const known = shape?.find(({ name }) => name === cell.name);
    const waitsFor = current?.step === cell.name ? current.waitsFor : undefined;
    const isWait = known?.class === 'wait' || waitsFor !== undefined;
    const kind = known && isWait ? { kind: known.kind } : { waitsFor };
    const look = stepLook({ status: cell.status, ...kind }, isOver);
    const drawn = cell.status === 'waiting' && isOver ? 'pending' : cell.status;
    return { ...cell, drawn, isWait, stage: known?.stage ?? index, word: look.word };
  });
}

function describe(cells: readonly DrawnCell[]): string {
  const undone = (name: string, status: UndoStatus) => `undo of ${name} ${undoLooks[status].word}`;
  return [
    ...cells.map(({ name, word }) => `${name} ${word}`),
    ...cells.flatMap(({ name, compensation }) =>
      compensation ? [undone(name, compensation)] : [],
    ),
  ]
    .join(', ')
    .toLowerCase();
}
