'use client';

import './overview.css';
import './overview-small.css';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/lib/trpc.ts';
import { AsOf } from '@/ui/states.tsx';
import { CountsCards } from './counts-cards.tsx';
import { EmptyOverview } from './empty-overview.tsx';
import { Guide } from './guide.tsx';
import { InvariantsCard } from './invariants-card.tsx';
import { LatestSagas } from './latest-sagas.tsx';
import { ThroughputCard } from './throughput-card.tsx';
import { useLatestSagas } from './use-latest-sagas.ts';

export function OverviewPage() {
  const trpc = useTRPC();
  const counts = useQuery(trpc.sagas.counts.queryOptions());
  const latest = useLatestSagas();
  const isEmpty = latest.list.isSuccess && latest.rows.length === 0;
  return (
    <div className="overview-page">
      <h1 className="vh">Overview</h1>
      <AsOf />
      <Guide newest={latest.rows[0]} />
      {isEmpty && <EmptyOverview />}
      <CountsCards counts={counts} />
      <div className="two">
        <ThroughputCard />
        <InvariantsCard />
      </div>
      <LatestSagas latest={latest} />
    </div>
  );
}
