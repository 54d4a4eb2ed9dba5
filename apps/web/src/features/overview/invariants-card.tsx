'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { invariantGroups, totals } from '@/features/audit/summary.ts';
import { count, plural } from '@/lib/format.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';

const everyMs = 30_000;

/** One light: whether the four services still agree. */
export function InvariantsCard() {
  const trpc = useTRPC();
  const audit = useQuery(
    // Alone: in a batch, everything else would wait for its rows.
    trpc.audit.run.queryOptions(
      { latest: true },
      {
        staleTime: everyMs,
        retry: false,
        refetchInterval: everyMs,
        trpc: { context: { alone: true } },
      },
    ),
  );
  return (
    <Card
      title="Invariants"
      aside={
        <Link className="lk note" href="/audit">
          Open audit
        </Link>
      }
    >
      {audit.error && <Failure error={audit.error} retry={() => void audit.refetch()} />}
      {audit.isPending && <Skeleton rows={5} />}
      {audit.data && <Light audit={audit.data} />}
    </Card>
  );
}

function Light({ audit }: { audit: Parameters<typeof totals>[0] }) {
  const { broken, rows, inFlight } = totals(audit);
  const isWell = broken === 0;
  return (
    <>
      <div className="light" data-invariants={isWell ? 'hold' : 'broken'}>
        <span className={isWell ? 'lamp' : 'lamp broken'}>
          <Icon name={isWell ? 'check' : 'cross'} />
        </span>
        <div>
          <b>
            {isWell
              ? `All ${audit.invariants.length} hold`
              : plural(broken, 'invariant is broken', 'invariants are broken')}
          </b>
          <p>
            {plural(rows, 'row')} checked at <Moment at={audit.checkedAt} />
          </p>
        </div>
      </div>
      <ul className="inv">
        {invariantGroups(audit).map(({ word, holds, size }) => (
          <li key={word} className={holds ? '' : 'broken'}>
            <Icon name={holds ? 'check' : 'cross'} label={holds ? 'holds' : 'broken'} />
            {word}
            <span className="n">{size}</span>
          </li>
        ))}
        {inFlight > 0 && (
          <li className="mute">
            <Icon name="ring" />
            {count(inFlight)} judged later, in flight
          </li>
        )}
      </ul>
    </>
  );
}
