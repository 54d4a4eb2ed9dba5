import { type CSSProperties, Fragment } from 'react';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import type { Attempt } from './attempts.ts';
import { ActionNode } from './graph-action-node.tsx';
import { UndoNode } from './graph-undo-node.tsx';
import type { Selection } from './selection.ts';
import { readTurn, turnWord } from './turn.ts';

interface GraphProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
}

/** Custom properties are what places nodes: columns on wide screens, rows on small ones. */
const place = (column: number): CSSProperties => ({ '--col': column }) as CSSProperties;

/** Forward lane above, counter-step lane below, each undo under what it undoes. */
export function Graph({ saga, events, attempts, selection }: GraphProps) {
  const turn = readTurn(events);
  const turnedAt = saga.steps.findIndex(({ name }) => name === turn?.step);
  // A cancel has no step: it turns where the saga was.
  const turnColumn = turnedAt >= 0 ? turnedAt + 1 : lastReached(saga);
  const pivot = saga.steps.findIndex(({ isPivot }) => isPivot);
  const shape = { '--steps': saga.steps.length, '--pivot': pivot + 1 } as CSSProperties;
  const isPast = saga.steps[pivot]?.status === 'succeeded';
  return (
    <div className="graph" style={shape}>
      <p className="lane fw">
        Forward <Icon name="right" />
      </p>
      {saga.steps.map((step, index) => (
        <ActionNode
          key={step.name}
          step={step}
          style={place(index + 1)}
          attempts={attempts.filter(({ step: its, way }) => its === step.name && way === 'action')}
          next={saga.steps[index + 1]}
          selection={selection}
        />
      ))}
      {saga.steps.map((step, index) => (
        <Fragment key={step.name}>
          {step.counterOperation ? (
            <UndoNode
              step={step}
              style={place(index + 1)}
              attempts={attempts.filter(
                ({ step: its, way }) => its === step.name && way === 'compensation',
              )}
              hasTurned={turn !== undefined}
              before={saga.steps[index - 1]}
              selection={selection}
            />
          ) : (
            index === pivot && (
              <p className="norev" style={place(index + 1)}>
                {isPast
                  ? 'No counter-step. It has committed, so the saga only goes forward.'
                  : 'No counter-step. Once it commits, the saga can only go forward.'}
              </p>
            )
          )}
          {turn && index + 1 === turnColumn ? (
            <div className="turn" style={place(index + 1)}>
              <span>
                Turned back
                <small>
                  {duration(millisBetween(saga.createdAt, turn.at))}, {turnWord(turn)}
                </small>
              </span>
            </div>
          ) : (
            step.counterOperation && <div className="tie" style={place(index + 1)} />
          )}
        </Fragment>
      ))}
      <p className="lane bk">
        <Icon name="left" /> Counter-steps, last first
      </p>
      {pivot >= 0 && pivot < saga.steps.length - 1 && (
        <div className={isPast ? 'ponr past' : 'ponr'}>
          <span>point of no return{isPast ? ', passed' : ', not reached'}</span>
        </div>
      )}
    </div>
  );
}

function lastReached({ steps }: Saga): number {
  return Math.max(1, steps.findLastIndex(({ status }) => status !== 'pending') + 1);
}
