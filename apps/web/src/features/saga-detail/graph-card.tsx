'use client';

import './graph.css';
import './graph-stage.css';
import './graph-small.css';
import Link from 'next/link';
import { useState } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { ViewSwitch } from '@/ui/view-switch.tsx';
import type { Attempt } from './attempts.ts';
import { FlowGraph } from './flow-graph.tsx';
import { Graph } from './graph.tsx';
import type { Selection } from './selection.ts';
import { StepTable } from './step-table.tsx';

interface GraphCardProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  readonly selection: Selection;
}

/** The steps, as a diagram or as its table twin. */
export function GraphCard(props: GraphCardProps) {
  const [isTable, setTable] = useState(false);
  const { saga, selection } = props;
  // A saga that was taken over follows the plan from then on: its services tell no more events.
  const isFlow = saga.style === 'choreography' && !saga.takenOver;
  return (
    <Card
      title={isFlow ? 'Services and events' : 'Steps'}
      note={
        isFlow && (
          <>
            each service reacts to the event before;{' '}
            <Link className="lk" href={`/flow?definition=${encodeURIComponent(saga.definition)}`}>
              the flow as declared
            </Link>
          </>
        )
      }
      aside={<ViewSwitch isTable={isTable} onChange={setTable} />}
    >
      {isFlow && <FlowGraph {...props} isTable={isTable} />}
      {!isFlow &&
        (isTable ? <StepTable saga={saga} selection={selection} /> : <Graph {...props} />)}
    </Card>
  );
}
