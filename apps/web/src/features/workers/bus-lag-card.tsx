'use client';

import { useQuery } from '@tanstack/react-query';
import { count } from '@/lib/format.ts';
import { duration } from '@/lib/time/format.ts';
import { type Outputs, useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';
import type { Look } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';

type Lag = Outputs['bus']['lag'][number];

const everyMs = 2_000;
/** Readers store their places five times a second: less than this is no delay. */
const lateMs = 2_000;

const read: Look = { icon: 'check', word: 'Up to date', tone: 'forward' };
const reading: Look = { icon: 'clock', word: 'Reading', tone: 'wait' };
const late: Look = { icon: 'cross', word: 'Behind', tone: 'stuck' };

function lookOf({ messages, oldestMs }: Lag): Look {
  if (messages === 0) return read;
  return (oldestMs ?? 0) < lateMs ? reading : late;
}

/** How far each service, and the tracker, is behind each outbox that it reads. */
export function BusLagCard() {
  const trpc = useTRPC();
  const lag = useQuery(trpc.bus.lag.queryOptions(undefined, { refetchInterval: everyMs }));
  return (
    <Card title="Outboxes" note="Who reads them, and what is not read yet." label="Outboxes">
      {lag.error && <Failure error={lag.error} retry={() => void lag.refetch()} />}
      {lag.isPending && <Skeleton rows={6} />}
      {lag.data && <LagTable rows={lag.data} />}
    </Card>
  );
}

function LagTable({ rows }: { rows: readonly Lag[] }) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label="Outboxes, as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Reader</th>
            <th scope="col">Outbox of</th>
            <th scope="col" className="n">
              Messages behind
            </th>
            <th scope="col" className="n">
              Oldest
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.group}/${row.source}`}>
              <td>
                <Mark look={lookOf(row)} />
              </td>
              <td>{row.group}</td>
              <td>{row.source}</td>
              <td className="n">{count(row.messages)}</td>
              <td className="n nw">{row.oldestMs === null ? '–' : duration(row.oldestMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
