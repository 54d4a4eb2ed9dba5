import type { CSSProperties } from 'react';
import type { Attempt } from './attempts.ts';
import { ActionNode } from './graph-action-node.tsx';
import { WaitNode } from './graph-wait-node.tsx';
import type { Selection } from './selection.ts';
import { isReached, type Stage } from './stages.ts';

/** A custom property is what places a stage: a column on wide screens, a row on small ones. */
export const place = ({ column }: Stage): CSSProperties => ({ '--col': column }) as CSSProperties;

interface ForwardStageProps {
  readonly stage: Stage;
  readonly stages: readonly Stage[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  readonly hasTurnedHere: boolean;
  readonly isOver: boolean;
}

/** What runs at once, one above the other. */
export function ForwardStage(props: ForwardStageProps) {
  const { stage, stages, attempts, selection, hasTurnedHere, isOver } = props;
  const next = stages[stage.column];
  return (
    <div
      className={stage.group ? 'stage fw many' : 'stage fw'}
      style={place(stage)}
      {...(stage.group && { role: 'group', 'aria-label': `${stage.group}, at once` })}
    >
      {stage.group && <p className="grp">{stage.group}, at once</p>}
      {stage.steps.map((step) => {
        const its = attempts.filter(({ step: of, way }) => of === step.name && way === 'action');
        const shared = { step, attempts: its, selection, isOver };
        return step.class === 'wait' ? (
          <WaitNode key={step.name} {...shared} />
        ) : (
          <ActionNode key={step.name} {...shared} />
        );
      })}
      {/* Beside a taller group, the way to where it turned. */}
      {hasTurnedHere && <i className="drop" />}
      {next && <i className={isReached(next) ? 'cx' : 'cx dash'} />}
    </div>
  );
}
