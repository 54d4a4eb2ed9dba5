import Link from 'next/link';
import { count, plural, tail } from '@/lib/format.ts';
import type { Audit } from '@/lib/trpc.ts';
import { SagaLink } from '@/ui/id.tsx';
import { Mark } from '@/ui/status-mark.tsx';

const shownMax = 20;

const holds = { icon: 'check', word: 'Holds', tone: 'forward' } as const;
const broken = { icon: 'cross', word: 'Broken', tone: 'stuck' } as const;

export function InvariantRow({ invariant }: { invariant: Audit['invariants'][number] }) {
  const { description, rowsChecked, inFlight, violations, suspected } = invariant;
  const hidden = violations.length - shownMax;
  return (
    <li>
      <div className="inv-head">
        <Mark look={violations.length === 0 ? holds : broken} />
        <span className="inv-what">{description}</span>
        <span className="mute">
          {plural(rowsChecked, 'row')}
          {inFlight > 0 && `, ${count(inFlight)} in flight`}
        </span>
      </div>
      {violations.length > 0 && (
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
          {suspected > 0 && (
            <li>and {count(suspected)} that looked broken and were not looked at again</li>
          )}
        </ul>
      )}
    </li>
  );
}
