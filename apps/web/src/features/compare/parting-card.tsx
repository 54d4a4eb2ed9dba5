import { duration } from '@/lib/time/format.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Empty } from '@/ui/states.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import type { Divergence } from './divergence.ts';
import { entriesOf, type Entry } from './entries.ts';
import { booksApart } from './ledger-lines.ts';
import { isAtRest, type Pair } from './side.ts';
import { whyOf } from './words.ts';

interface PartingProps {
  readonly pair: Pair;
  readonly divergence: Divergence | undefined;
}

/** The last lines that both logs have in common, a rule, and the first ones after it. */
export function PartingCard({ pair, divergence }: PartingProps) {
  if (!divergence) {
    return (
      <Card title="Where they part">
        <Empty>{nowhere(pair)}</Empty>
      </Card>
    );
  }
  const why = whyOf(pair, divergence);
  return (
    <Card title="Where they part">
      <div className="dv">
        {pair.map((side, index) => (
          <div key={side.saga.id}>
            <h3>
              <Icon name={side.saga.style === 'orchestration' ? 'hub' : 'chain'} />
              {side.label}
            </h3>
            <Lines entries={entriesOf(side, divergence, index === 0 ? 0 : 1)} />
          </div>
        ))}
      </div>
      {why && (
        <p className="why">
          <b>Why:</b> {why}
        </p>
      )}
    </Card>
  );
}

function nowhere(pair: Pair): string {
  const apart = booksApart(pair);
  if (apart) return `Nowhere in their logs. What differs is in the ledgers: ${apart}.`;
  return pair.every(isAtRest)
    ? 'Nowhere: the same answers to the same steps. What differs is when.'
    : 'Nowhere so far. This fills as soon as they do.';
}

function Lines({ entries }: { entries: readonly Entry[] }) {
  const cut = entries.findIndex(({ isAfter }) => isAfter);
  if (entries.length === 0) return <p className="mute">Nothing yet.</p>;
  return (
    <ol>
      {entries.map(({ key, ms, step, look, note, isAfter }, index) => (
        <li key={key} className={`${isAfter ? '' : 'same'}${index === cut ? ' cutl' : ''}`}>
          <span>{duration(ms)}</span>
          <span>
            <Mark look={look} word={step ? `${step} ${look.word}` : look.word} />
            {note && <small>{note}</small>}
          </span>
        </li>
      ))}
    </ol>
  );
}
