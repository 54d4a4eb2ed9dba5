import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Empty, Skeleton } from '@/ui/states.tsx';
import type { Look } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import { type LedgerLine, ledgerLines, sameState, type Verdict } from './ledger-lines.ts';
import type { Pair } from './side.ts';

const looks: Readonly<Record<Verdict, Look>> = {
  same: { icon: 'check', word: 'same', tone: 'forward' },
  differs: { icon: 'cross', word: 'differs', tone: 'stuck' },
  open: { icon: 'clock', word: 'not yet', tone: 'wait' },
};

/** What the four services hold of each, side by side. */
export function LedgersCard({ pair }: { pair: Pair }) {
  const lines = ledgerLines(pair);
  const isSame = sameState(pair);
  const isOrder = pair[0].saga.orderId !== null;
  return (
    <Card
      title="Ledgers"
      note="ids and times left out"
      aside={isOrder && isSame !== undefined && <Verdict isSame={isSame} />}
    >
      {!isOrder && <Empty>Sagas of this definition keep no rows in the four services.</Empty>}
      {isOrder && lines.length === 0 && <Skeleton rows={4} />}
      {isOrder && lines.length > 0 && <Lines lines={lines} pair={pair} />}
    </Card>
  );
}

function Verdict({ isSame }: { isSame: boolean }) {
  return isSame ? (
    <Mark look={{ ...looks.same, word: 'Same business state' }} />
  ) : (
    <Mark look={{ ...looks.differs, word: 'Different business state' }} />
  );
}

function Lines({ lines, pair: [left, right] }: { lines: readonly LedgerLine[]; pair: Pair }) {
  return (
    <table className="ld">
      <thead>
        <tr>
          <th scope="col">Service</th>
          {[left, right].map(({ saga, label }) => (
            <th key={saga.id} scope="col">
              <Icon name={saga.style === 'orchestration' ? 'hub' : 'chain'} /> {label}
            </th>
          ))}
          <th scope="col" className="n">
            Same?
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.service} data-service={line.service} data-verdict={line.verdict}>
            <td>
              <Icon name={line.icon} />
              {line.service}
            </td>
            <td className="va" data-l={left.label}>
              {line.left}
            </td>
            <td className="va" data-l={right.label}>
              {line.right}
            </td>
            <td className="n">
              <Mark look={looks[line.verdict]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
