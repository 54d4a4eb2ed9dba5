'use client';

import '../audit/audit.css';
import './workers.css';
import { useQuery } from '@tanstack/react-query';
import { count } from '@/lib/format.ts';
import { type Outputs, useTRPC } from '@/lib/trpc.ts';
import { Moment } from '@/ui/moment.tsx';
import { AsOf, Empty, Failure, Skeleton } from '@/ui/states.tsx';
import type { Look } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import { BusLagCard } from './bus-lag-card.tsx';
import { DeadLettersCard } from './dead-letters-card.tsx';

type Worker = Outputs['workers']['list'][number];

const everyMs = 2_000;

const looks: Readonly<Record<Worker['status'], Look>> = {
  live: { icon: 'check', word: 'Live', tone: 'forward' },
  draining: { icon: 'clock', word: 'Draining', tone: 'wait' },
  dead: { icon: 'cross', word: 'Dead', tone: 'stuck' },
  stopped: { icon: 'ring', word: 'Stopped', tone: 'mute' },
};

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
      <section className="card" aria-label="Workers">
        {workers.error && <Failure error={workers.error} retry={() => void workers.refetch()} />}
        {workers.isPending && <Skeleton rows={3} />}
        {workers.data?.length === 0 && (
          <Empty>No worker is known. Sagas wait until one starts.</Empty>
        )}
        {workers.data && workers.data.length > 0 && <WorkerTable workers={workers.data} />}
      </section>
      <DeadLettersCard />
      <BusLagCard />
    </div>
  );
}

function WorkerTable({ workers }: { workers: readonly Worker[] }) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label="Workers, as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Worker</th>
            <th scope="col">Process</th>
            <th scope="col">Last heartbeat</th>
            <th scope="col" className="n">
              In flight
            </th>
          </tr>
        </thead>
        <tbody>
          {workers.map(({ workerId, status, pid, host, heartbeatAt, inFlight }) => (
            <tr key={workerId}>
              <td>
                <Mark look={looks[status]} />
              </td>
              <td>
                <code title={workerId}>{workerId.slice(0, 8)}</code>
              </td>
              <td className="nw">
                {pid} <span className="mute">on {host}</span>
              </td>
              <td className="nw">
                <Moment at={heartbeatAt} millis={false} />
              </td>
              <td className="n">{count(inFlight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
