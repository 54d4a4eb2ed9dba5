'use client';

import './metrics.css';
import { useMemo } from 'react';
import { useUrlState } from '@/lib/url-state.ts';
import type { FlowMetrics } from '@/lib/trpc.ts';
import { ChartCard } from '@/ui/chart/chart-card.tsx';
import { AsOf, Failure, Skeleton } from '@/ui/states.tsx';
import { FaultsCard } from './faults-card.tsx';
import { Figures } from './figures.tsx';
import { backlogChart, finishedChart, latencyChart, shareChart } from './lines.ts';
import { StepsCard } from './steps-card.tsx';
import { useFlow } from './use-flow.ts';
import { defaultWindow, readWindow, stepWord, type Window, windows } from './window.ts';

export function MetricsPage() {
  const { params, change } = useUrlState();
  const { window, unknown } = readWindow(params.get('window'));
  const flow = useFlow(window);
  const choose = (value: Window) => change({ window: value === defaultWindow ? undefined : value });
  return (
    <div className="metrics-page" data-window={flow.data?.window}>
      <div className="mh">
        <h1>Metrics</h1>
        <p>{flow.data && `one point for every ${stepWord(flow.data.stepSeconds)}`}</p>
        <WindowSwitch window={window} onChange={choose} />
      </div>
      <AsOf />
      {unknown !== undefined && (
        <p className="note">“{unknown}” is no window of this page. It shows the last 15 minutes.</p>
      )}
      {flow.error && <Failure error={flow.error} retry={() => void flow.refetch()} />}
      {/* What was refused is not on its way. */}
      {(flow.data || !flow.error) && (
        <>
          <Figures flow={flow.data} />
          <Charts flow={flow.data} />
        </>
      )}
      <StepsCard window={window} />
      {flow.data && <FaultsCard faults={flow.data.faults} />}
    </div>
  );
}

function WindowSwitch({
  window,
  onChange,
}: {
  window: Window;
  onChange: (window: Window) => void;
}) {
  return (
    <div className="seg" role="group" aria-label="Window">
      {windows.map(({ value, word }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === window}
          onClick={() => onChange(value)}
        >
          {word}
        </button>
      ))}
    </div>
  );
}

const charts = [
  { title: 'Finished per second', read: finishedChart },
  { title: 'Acceptance to end', read: latencyChart },
  { title: 'Compensated of those that ended', read: shareChart },
  { title: 'Backlog', read: backlogChart },
] as const;

function Charts({ flow }: { flow: FlowMetrics | undefined }) {
  const data = useMemo(() => charts.map(({ read }) => flow && read(flow)), [flow]);
  return (
    <div className="mcharts">
      {charts.map(({ title }, index) => (
        <ChartCard
          key={title}
          title={title}
          data={data[index]}
          before={<Skeleton rows={1} height={206} />}
        />
      ))}
    </div>
  );
}
