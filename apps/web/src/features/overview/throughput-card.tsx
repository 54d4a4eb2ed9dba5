'use client';

import { useMemo } from 'react';
import { finishedChart } from '@/features/metrics/lines.ts';
import { useFlow } from '@/features/metrics/use-flow.ts';
import { ChartCard } from '@/ui/chart/chart-card.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';

/** How many sagas end each second, over the last quarter of an hour, with the faults that struck. */
export function ThroughputCard() {
  const flow = useFlow('15m');
  const data = useMemo(() => flow.data && finishedChart(flow.data), [flow.data]);
  const before = flow.error ? (
    <Failure error={flow.error} retry={() => void flow.refetch()} />
  ) : (
    <Skeleton rows={1} height={206} />
  );
  return <ChartCard title="Finished per second" data={data} before={before} />;
}
