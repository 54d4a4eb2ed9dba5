'use client';

import './flow-page.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { OperationName } from '@/features/saga-detail/operation-name.tsx';
import { plural } from '@/lib/format.ts';
import { type Flow, useTRPC } from '@/lib/trpc.ts';
import { useUrlState } from '@/lib/url-state.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { ViewSwitch } from '@/ui/view-switch.tsx';
import { ExportCard } from './export-card.tsx';
import { FlowDiagram, type IsTold } from './flow-diagram.tsx';
import { FlowTable } from './flow-table.tsx';
import type { FlowStep } from './places.ts';

/** A flow at rest: what the services declare, before any saga. */
export function FlowPage() {
  const trpc = useTRPC();
  const { params } = useUrlState();
  const list = useQuery(trpc.flows.list.queryOptions(undefined, { staleTime: Infinity }));
  const definition = params.get('definition') ?? list.data?.[0]?.definition;
  const flow = useQuery(
    trpc.flows.get.queryOptions(
      { definition: definition ?? '' },
      { enabled: definition !== undefined, staleTime: Infinity },
    ),
  );
  const error = flow.error ?? list.error;
  const isEmpty = list.data?.length === 0 && definition === undefined;
  return (
    <div className="flow-page">
      <div className="fhead">
        <div>
          <h1>Declared flow</h1>
          <p>
            Reactions stand next to each service’s code. This graph is made of them, and nothing
            starts while it has a dead end, a cycle, or a failure without a way back.
          </p>
        </div>
      </div>
      {error && <Failure error={error} retry={() => void flow.refetch()} />}
      {isEmpty && <Empty>No saga runs without a coordinator yet.</Empty>}
      {!error && !isEmpty && !flow.data && (
        <section className="card">
          <Skeleton rows={8} height={52} />
        </section>
      )}
      {flow.data && (
        <>
          <FlowCard flow={flow.data} />
          <ExportCard flow={flow.data} />
        </>
      )}
    </div>
  );
}

const atRest: IsTold = () => undefined;

function FlowCard({ flow }: { flow: Flow }) {
  const [isTable, setTable] = useState(false);
  return (
    <Card
      title={flow.definition}
      note={`version ${flow.version}, ${plural(flow.services.length, 'service')}, ${plural(flow.events.length, 'event')}`}
      aside={<ViewSwitch isTable={isTable} onChange={setTable} />}
    >
      {isTable ? (
        <FlowTable flow={flow} isTold={atRest} />
      ) : (
        <FlowDiagram
          flow={flow}
          isTold={atRest}
          isPast={undefined}
          boxHeight={118}
          renderStep={(step) => <RestingNode step={step} />}
        />
      )}
    </Card>
  );
}

function RestingNode({ step }: { step: FlowStep }) {
  return (
    <div className="fnode" data-node={step.id}>
      <OperationName name={step.operation} />
      {step.class === 'pivot' ? (
        <span className="tagp">
          <Icon name="diamond" />
          pivot
        </span>
      ) : (
        <span>{wordOf(step)}</span>
      )}
    </div>
  );
}

function wordOf({ way, step, class: kind }: FlowStep): string {
  if (way === 'back') return `undoes ${step}`;
  return kind === 'retriable' ? 'retriable, only forward' : 'can be undone';
}
