import { count } from '@/lib/format.ts';
import { tenths } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import type { Outputs } from '@/lib/trpc.ts';
import { Moment } from '@/ui/moment.tsx';
import type { Look } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';

type Worker = Outputs['workers']['list'][number];

const looks: Readonly<Record<Worker['status'], Look>> = {
  live: { icon: 'check', word: 'Live', tone: 'forward' },
  draining: { icon: 'clock', word: 'Draining', tone: 'wait' },
  dead: { icon: 'cross', word: 'Dead', tone: 'stuck' },
  stopped: { icon: 'ring', word: 'Stopped', tone: 'mute' },
};

export function WorkerTable({ workers }: { workers: readonly Worker[] }) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label="Workers, as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Worker</th>
            <th scope="col">Process</th>
            <th scope="col">Last heartbeat</th>
            <th scope="col">Lease</th>
            <th scope="col" className="n">
              In flight
            </th>
          </tr>
        </thead>
        <tbody>
          {workers.map(({ workerId, status, pid, host, heartbeatAt, leaseUntil, inFlight }) => (
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
              <td className="nw">
                {status === 'live' || status === 'draining' ? <Lease until={leaseUntil} /> : '–'}
              </td>
              <td className="n">{count(inFlight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How long its sagas stay its own if nothing more is heard of it. */
function Lease({ until }: { until: string }) {
  const left = Date.parse(until) - useNow(true, 500);
  return left > 0 ? <>{tenths(left)} left</> : <span className="mute">over</span>;
}
