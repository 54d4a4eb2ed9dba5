import type { UseQueryResult } from '@tanstack/react-query';
import Link from 'next/link';
import { count } from '@/lib/format.ts';
import type { Counts, SagaStatus } from '@/lib/trpc.ts';
import { Failure } from '@/ui/states.tsx';
import { activeStatuses, finishedStatuses, sagaLooks } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';

type CountsQuery = Pick<
  UseQueryResult<Counts, { message: string; data?: unknown }>,
  'data' | 'error' | 'refetch'
>;

const tabs: Readonly<Record<SagaStatus, string>> = {
  pending: 'active',
  running: 'active',
  committed: 'active',
  compensating: 'compensating',
  stuck: 'stuck',
  completed: 'completed',
  compensated: 'compensated',
  resolved: 'resolved',
};

/** One number per status; each leads to its list. */
export function CountsCards({ counts }: { counts: CountsQuery }) {
  return (
    <>
      {counts.error && <Failure error={counts.error} retry={() => void counts.refetch()} />}
      <div className="counts">
        <Group word="In flight" statuses={activeStatuses} counts={counts.data} />
        <Group word="Finished" statuses={finishedStatuses} counts={counts.data} />
      </div>
    </>
  );
}

function Group({
  word,
  statuses,
  counts,
}: {
  word: string;
  statuses: readonly SagaStatus[];
  counts: Counts | undefined;
}) {
  return (
    <section className={statuses.length > 3 ? 'cgrp five' : 'cgrp'} aria-label={word}>
      <h2>{word}</h2>
      <ul>
        {statuses.map((status) => {
          const number = counts?.[status];
          const tone = number === 0 ? 'zero' : status === 'stuck' && number ? 'need' : '';
          return (
            <li key={status} className={tone} data-count={status}>
              <Link href={`/sagas?tab=${tabs[status]}`}>
                <b>{number === undefined ? '–' : count(number)}</b>
                <Mark look={sagaLooks[status]} />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
