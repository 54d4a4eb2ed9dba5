'use client';

import { useQuery } from '@tanstack/react-query';
import { FlowDiagram } from '@/features/flow/flow-diagram.tsx';
import { FlowTable } from '@/features/flow/flow-table.tsx';
import type { FlowStep } from '@/features/flow/places.ts';
import { duration, millisBetween } from '@/lib/time/format.ts';
import { type Flow, type Saga, type SagaEvent, useTRPC } from '@/lib/trpc.ts';
import { Skeleton } from '@/ui/states.tsx';
import { isFinished, stepLook, undoLooks } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import type { Attempt } from './attempts.ts';
import { Graph } from './graph.tsx';
import { ActionNode } from './graph-action-node.tsx';
import { UndoNode } from './graph-undo-node.tsx';
import type { Selection } from './selection.ts';
import { StepTable } from './step-table.tsx';
import { toldBy } from './told.ts';
import { readTurn, turnWord } from './turn.ts';

interface FlowGraphProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
  readonly isTable: boolean;
}

/** A choreographed saga on the graph that its services declare. */
export function FlowGraph({ isTable, ...props }: FlowGraphProps) {
  const { saga, events, attempts, selection } = props;
  const trpc = useTRPC();
  const { definition, version } = saga;
  const flow = useQuery(
    trpc.flows.get.queryOptions({ definition, version }, { staleTime: Infinity, retry: false }),
  );
  if (flow.isPending) return <Skeleton rows={5} height={76} />;
  // A version that only workers know has its steps in the log all the same.
  if (!flow.data) {
    return isTable ? <StepTable saga={saga} selection={selection} /> : <Graph {...props} />;
  }
  const turn = readTurn(events);
  const hasTurned = turn !== undefined;
  const isOver = hasTurned || isFinished(saga.status);
  const isTold = toldBy(saga, flow.data, hasTurned);
  const stepOf = ({ step }: FlowStep) => saga.steps.find(({ name }) => name === step);
  if (isTable) {
    return (
      <FlowTable
        flow={flow.data}
        isTold={isTold}
        onSelect={({ step, direction }) => selection.select(step, direction)}
        renderStatus={(node) => {
          const step = stepOf(node);
          if (!step) return null;
          if (node.direction === 'action') return <Mark look={stepLook(step, isOver)} />;
          return step.compensation ? (
            <Mark look={undoLooks[step.compensation]} />
          ) : (
            <span className="mute">not owed</span>
          );
        }}
      />
    );
  }
  return (
    <FlowDiagram
      flow={flow.data}
      isTold={isTold}
      boxHeight={136}
      noteOf={(type, from) =>
        turn && from === `action:${turn.step}` && isTurn(flow.data, type)
          ? `${duration(millisBetween(saga.createdAt, turn.at))}, ${turnWord(turn)}`
          : undefined
      }
      isPast={saga.steps.find(({ isPivot }) => isPivot)?.status === 'succeeded'}
      renderStep={(node) => {
        const step = stepOf(node);
        if (!step) return null;
        const its = attempts.filter(
          (attempt) => attempt.step === step.name && attempt.way === node.direction,
        );
        const shared = { step, attempts: its, selection };
        return node.direction === 'action' ? (
          <ActionNode {...shared} isOver={isOver} />
        ) : (
          <UndoNode {...shared} hasTurned={hasTurned} />
        );
      }}
    />
  );
}

const isTurn = ({ events }: Flow, type: string): boolean =>
  events.some((event) => event.type === type && event.role === 'rejected');
