import Link from 'next/link';
import { count, plural, tail } from '@/lib/format.ts';
import type { Audit } from '@/lib/trpc.ts';
import { SagaLink } from '@/ui/id.tsx';
import { Mark } from '@/ui/status-mark.tsx';
import { brokenOf } from './summary.ts';

const shownMax = 20;

const looksWell = { icon: 'check', word: 'Holds', tone: 'forward' } as const;
const looksBroken = { icon: 'cross', word: 'Broken', tone: 'stuck' } as const;

export function InvariantRow({ invariant }: { invariant: Audit['invariants'][number] }) {
  const { description, rowsChecked, inFlight, violations } = invariant;
  const broken = brokenOf(invariant);
  const hidden = broken - Math.min(violations.length, shownMax);
  return (
    <li>
      <div className="inv-head">
        <Mark look={broken === 0 ? looksWell : looksBroken} />
        <span className="inv-what">{description}</span>
        <span className="mute">
          {plural(rowsChecked, 'row')}
          {inFlight > 0 && `, ${count(inFlight)} in flight`}
        </span>
      </div>
      {broken > 0 && (
        <ul className="inv-broken">
          {violations.slice(0, shownMax).map(({ sagaId, detail }) => (
            <li key={`${sagaId ?? ''} ${detail}`}>
              {sagaId && <SagaLink id={sagaId} />} {detail}{' '}
              {sagaId && (
                <Link
                  className="lk"
                  href={`/sagas/${sagaId}?tab=ledger`}
                  prefetch={false}
                  aria-label={`Rows of saga ${tail(sagaId)}`}
                >
                  Rows
                </Link>
              )}
            </li>
          ))}
          {hidden > 0 && <li>and {count(hidden)} more</li>}
        </ul>
      )}
    </li>
  );
}
