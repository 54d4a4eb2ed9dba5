import type { CSSProperties } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';
import { Icon } from '@/ui/icon.tsx';
import type { Attempt } from './attempts.ts';
import { ForwardStage } from './graph-forward-stage.tsx';
import { UndoStage } from './graph-undo-stage.tsx';
import type { Selection } from './selection.ts';
import { stagesOf, turnColumn } from './stages.ts';
import { readTurn } from './turn.ts';

interface GraphProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
}

/** Forward lane above, counter-step lane below, each undo under what it undoes; a column per stage. */
export function Graph({ saga, events, attempts, selection }: GraphProps) {
  const stages = stagesOf(saga);
  const turn = readTurn(events);
  const pivot = stages.find(({ steps }) => steps.some(({ isPivot }) => isPivot));
  const shape = { '--steps': stages.length, '--pivot': pivot?.column ?? 0 } as CSSProperties;
  const isPast = pivot?.steps[0]?.status === 'succeeded';
  const shared = { stages, attempts, selection };
  const undos = stages.filter(({ undoable }) => undoable.length > 0);
  return (
    <div className="graph" style={shape}>
      <p className="lane fw">
        Forward <Icon name="right" />
      </p>
      {stages.map((stage) => (
        <ForwardStage
          key={stage.column}
          stage={stage}
          hasTurnedHere={turn !== undefined && turnColumn(stages, turn) === stage.column}
          isOver={turn !== undefined || isFinished(saga.status)}
          {...shared}
        />
      ))}
      {stages.map((stage) => (
        <UndoStage
          key={stage.column}
          stage={stage}
          saga={saga}
          turn={turn}
          isPast={isPast}
          {...shared}
        />
      ))}
      {undos.length > 0 && (
        <p className="lane bk">
          <Icon name="left" /> Counter-steps{undos.length > 1 && ', last first'}
        </p>
      )}
      {pivot && pivot.column < stages.length && (
        <div className={isPast ? 'ponr past' : 'ponr'}>
          <span>point of no return{isPast ? ', passed' : ', not reached'}</span>
        </div>
      )}
    </div>
  );
}
