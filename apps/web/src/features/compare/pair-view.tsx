'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { AsOf, Failure, Skeleton } from '@/ui/states.tsx';
import { ClockCard } from './clock-card.tsx';
import { divergenceOf } from './divergence.ts';
import { Heads } from './heads.tsx';
import { Intro } from './intro.tsx';
import { LedgersCard } from './ledgers-card.tsx';
import { NumbersCard } from './numbers-card.tsx';
import { PartingCard } from './parting-card.tsx';
import { PickPartner } from './pick-partner.tsx';
import { labelsOf, type Pair } from './side.ts';
import { useSide } from './use-side.ts';

export function PairView({ ids: [a, b] }: { ids: readonly [string, string] }) {
  const first = useSide(a);
  const second = useSide(b);
  const failed = [first, second].filter(({ error }) => error !== null);
  const failures = failed.map(({ error, refetch }, index) =>
    error ? <Failure key={index} error={error} retry={refetch} /> : null,
  );
  const pair = usePair(first, second);
  if (!pair) {
    return (
      <>
        <h1>Compare</h1>
        {failures}
        {failed.length > 0 ? (
          <p>
            <Link className="lk" href="/compare">
              Choose two sagas
            </Link>
          </p>
        ) : (
          <section className="card">
            <Skeleton rows={12} height={44} />
          </section>
        )}
      </>
    );
  }
  const [left, right] = pair;
  if (left.saga.definition !== right.saga.definition) {
    const apart = `One is a ${left.saga.definition}, the other a ${right.saga.definition}: they have no step in common.`;
    return <PickPartner sagaId={a} note={apart} />;
  }
  return (
    <>
      <AsOf />
      {failures}
      <Compared pair={pair} />
    </>
  );
}

/** Orchestration stands left, whichever the address names first. */
function usePair(
  first: ReturnType<typeof useSide>,
  second: ReturnType<typeof useSide>,
): Pair | undefined {
  return useMemo(() => {
    const isTurned = first.saga?.style === 'choreography' && second.saga?.style === 'orchestration';
    const [left, right] = isTurned ? [second, first] : [first, second];
    if (!left.saga || !right.saga) return undefined;
    const [ofLeft, ofRight] = labelsOf(left.saga, right.saga);
    return [
      { ...left, saga: left.saga, label: ofLeft },
      { ...right, saga: right.saga, label: ofRight },
    ];
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the hooks' objects are new at each render; what is in them is not.
  }, [first.saga, first.events, first.ledger, second.saga, second.events, second.ledger]);
}

function Compared({ pair }: { pair: Pair }) {
  const divergence = useMemo(() => divergenceOf(pair), [pair]);
  return (
    <>
      <Intro pair={pair} divergence={divergence} />
      <Heads pair={pair} />
      <ClockCard pair={pair} divergence={divergence} />
      <div className="three">
        <NumbersCard pair={pair} />
        <PartingCard pair={pair} divergence={divergence} />
      </div>
      <LedgersCard pair={pair} />
    </>
  );
}
