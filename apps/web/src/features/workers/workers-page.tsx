'use client';

import '../audit/audit.css';
import './workers.css';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { AsOf, Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { BusLagCard } from './bus-lag-card.tsx';
import { DeadLettersCard } from './dead-letters-card.tsx';
import { DueNote } from './due-note.tsx';
import { WorkerTable } from './worker-table.tsx';

const everyMs = 2_000;

/** The processes that move sagas. */
export function WorkersPage() {
  const trpc = useTRPC();
  const workers = useQuery(trpc.workers.list.queryOptions(undefined, { refetchInterval: everyMs }));
  return (
    <div className="workers-page">
      <div className="fhead">
        <div>
          <h1>Workers</h1>
          <p>
            Any number of them, on any number of machines. When one dies, the others take over its
            sagas.
          </p>
        </div>
        <div className="a">
          <AsOf />
        </div>
      </div>
      <Card title="Processes" note={<DueNote />} label="Workers">
        {workers.error && <Failure error={workers.error} retry={() => void workers.refetch()} />}
        {workers.isPending && <Skeleton rows={3} />}
        {workers.data?.length === 0 && (
          <Empty>No worker is known. Sagas wait until one starts.</Empty>
        )}
        {workers.data && workers.data.length > 0 && <WorkerTable workers={workers.data} />}
      </Card>
      <DeadLettersCard />
      <BusLagCard />
    </div>
  );
}
