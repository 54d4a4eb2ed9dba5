import Link from 'next/link';
import { count } from '@/lib/format.ts';
import type { FlowMetrics } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Empty } from '@/ui/states.tsx';
import { faultWords } from './faults.ts';

/** What the amber bands are, in words. */
export function FaultsCard({ faults }: { faults: FlowMetrics['faults'] }) {
  return (
    <Card
      title="Faults that struck"
      note="amber in the charts, as the calls met them"
      className="mfaults"
      aside={
        <Link className="lk note" href="/failures">
          Failures
        </Link>
      }
    >
      {faults.length === 0 ? (
        <Empty>No injected fault has struck a call in this window.</Empty>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Fault</th>
              <th scope="col" className="n">
                From
              </th>
              <th scope="col" className="n">
                To
              </th>
              <th scope="col" className="n">
                Calls
              </th>
            </tr>
          </thead>
          <tbody>
            {faults.toReversed().map((fault) => (
              <tr key={`${fault.step} ${fault.direction} ${fault.kind} ${fault.from}`}>
                <td>
                  <span className="st c-fault">
                    <Icon name="bolt" />
                    <span>{faultWords(fault)}</span>
                  </span>
                </td>
                <td className="n">
                  <Moment at={fault.from} millis={false} />
                </td>
                <td className="n">
                  <Moment at={fault.to} millis={false} />
                </td>
                <td className="n">{count(fault.calls)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
