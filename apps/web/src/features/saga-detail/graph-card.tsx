'use client';

import './graph.css';
import './graph-stage.css';
import './graph-small.css';
import { useState } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import type { Attempt } from './attempts.ts';
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
  return (
    <Card
      title="Steps"
      note={
        props.saga.style === 'choreography' ? 'each service reacts to the event before' : undefined
      }
      aside={
        <div className="seg sm" role="group" aria-label="View">
          <button type="button" aria-pressed={!isTable} onClick={() => setTable(false)}>
            <Icon name="flow" />
            Diagram
          </button>
          <button type="button" aria-pressed={isTable} onClick={() => setTable(true)}>
            <Icon name="table" />
            Table
          </button>
        </div>
      }
    >
      {isTable ? <StepTable saga={props.saga} selection={props.selection} /> : <Graph {...props} />}
    </Card>
  );
}
