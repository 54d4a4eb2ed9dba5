'use client';

import './compare.css';
import './clock.css';
import './compare-small.css';
import { useUrlState } from '@/lib/url-state.ts';
import { MalformedId } from './malformed-id.tsx';
import { askedFor } from './pairing.ts';
import { PairView } from './pair-view.tsx';
import { PickPair } from './pick-pair.tsx';
import { PickPartner } from './pick-partner.tsx';

/** Two sagas on one clock; with fewer than two in the address, what could stand there. */
export function ComparePage() {
  const { params } = useUrlState();
  return (
    <div className="compare-page">
      <Asked a={params.get('a')} b={params.get('b')} />
    </div>
  );
}

function Asked({ a, b }: { a: string | null; b: string | null }) {
  const asked = askedFor(a, b);
  switch (asked.kind) {
    case 'nothing':
      return <PickPair />;
    case 'malformed':
      return <MalformedId text={asked.text} />;
    case 'one':
      return <PickPartner key={asked.id} sagaId={asked.id} isTwice={asked.isTwice} />;
    case 'two':
      return <PairView key={asked.ids.join()} ids={asked.ids} />;
  }
}
