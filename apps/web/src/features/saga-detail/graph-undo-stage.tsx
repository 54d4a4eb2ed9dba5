import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga } from '@/lib/trpc.ts';
import type { Attempt } from './attempts.ts';
import { place } from './graph-forward-stage.tsx';
import { UndoNode } from './graph-undo-node.tsx';
import type { Selection } from './selection.ts';
import { type Stage, turnColumn, undoState } from './stages.ts';
import { type Turn, turnWord } from './turn.ts';

interface UndoStageProps {
  readonly stage: Stage;
  readonly stages: readonly Stage[];
  readonly saga: Saga;
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  readonly turn: Turn | undefined;
  readonly isPast: boolean;
}

/** The lower lane of one column: the undos, why there are none, and where the saga turned. */
export function UndoStage(props: UndoStageProps) {
  const { stage, stages, saga, turn, isPast } = props;
  const hasTurnedHere = turn !== undefined && turnColumn(stages, turn) === stage.column;
  return (
    <>
      {stage.undoable.length > 0 ? <Undos {...props} /> : <NoUndo stage={stage} isPast={isPast} />}
      {hasTurnedHere && (
        <div className="turn" style={place(stage)}>
          <span>
            Turned back
            <small>
              {duration(millisBetween(saga.createdAt, turn.at))}, {turnWord(turn)}
            </small>
          </span>
        </div>
      )}
      {!hasTurnedHere && stage.undoable.length > 0 && <div className="tie" style={place(stage)} />}
    </>
  );
}

function Undos({ stage, stages, attempts, selection, turn }: UndoStageProps) {
  const before = stages.findLast(
    (other) => other.column < stage.column && undoState(other) !== 'none',
  );
  const columns = before ? stage.column - before.column : 0;
  const isBegun = before && undoState(before) === 'begun';
  return (
    <div className={stage.group ? 'stage bw many' : 'stage bw'} style={place(stage)}>
      {stage.group && <p className="grp">{undoWord(stage)}</p>}
      {stage.undoable.map((step) => (
        <UndoNode
          key={step.name}
          step={step}
          attempts={attempts.filter(
            ({ step: its, way }) => its === step.name && way === 'compensation',
          )}
          hasTurned={turn !== undefined}
          selection={selection}
        />
      ))}
      {columns === 1 && undoState(stage) !== 'none' && (
        <i className={isBegun ? 'cxb' : 'cxb dash'} />
      )}
    </div>
  );
}

function undoWord({ steps }: Stage): string {
  return steps[0]?.group?.undo === 'reverse' ? 'undone one by one' : 'undone at once';
}

function NoUndo({ stage, isPast }: { stage: Stage; isPast: boolean }) {
  const [step] = stage.steps;
  if (!step?.isPivot) return null;
  return (
    <p className="norev" style={place(stage)}>
      {isPast
        ? 'No counter-step. It has committed, so the saga only goes forward.'
        : 'No counter-step. Once it commits, the saga can only go forward.'}
    </p>
  );
}
