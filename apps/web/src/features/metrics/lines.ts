import { count } from '@/lib/format.ts';
import { duration } from '@/lib/time/format.ts';
import type { FlowMetrics } from '@/lib/trpc.ts';
import type { ChartData, Line } from '@/ui/chart/types.ts';
import { bandsOf } from './faults.ts';

type Step = FlowMetrics['steps'][number];

/** Two digits where they tell something: 0.07, 1.4, 17.7, 230. */
export function rate(value: number): string {
  if (value === 0 || value >= 100) return count(value);
  return value >= 1 ? String(Number(value.toFixed(1))) : String(Number(value.toFixed(2)));
}

export const percentage = (value: number): string =>
  `${value > 0 && value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;

export function finishedChart(flow: FlowMetrics): ChartData {
  const perSecond = (of: (step: Step) => number) =>
    flow.steps.map((step) => of(step) / flow.stepSeconds);
  const lines: readonly Line[] = [
    {
      key: 'completed',
      word: 'completed',
      tone: 'forward',
      isFilled: true,
      values: perSecond(({ completed }) => completed),
    },
    {
      key: 'compensated',
      word: 'compensated',
      tone: 'back',
      // Not filled: where it is the higher one it would lie over the other.
      values: perSecond(({ compensated }) => compensated),
    },
  ];
  const { completed, compensated } = flow.total;
  const label = `Finished sagas per second: ${count(completed)} completed and ${count(compensated)} compensated in the window.`;
  return { ...axisOf(flow), label, lines, say: rate };
}

export function latencyChart(flow: FlowMetrics): ChartData {
  const line = (key: 'p50Ms' | 'p95Ms' | 'p99Ms', dash?: readonly number[]): Line => ({
    key,
    word: key.slice(0, 3),
    tone: 'ink',
    ...(dash && { dash }),
    values: flow.steps.map(({ latency }) => latency?.[key] ?? null),
  });
  const { latency } = flow.total;
  const label = latency
    ? `From acceptance to the end: half within ${duration(latency.p50Ms)}, 99 of 100 within ${duration(latency.p99Ms)}.`
    : 'From acceptance to the end: nothing ended in the window.';
  const lines = [line('p50Ms'), line('p95Ms', [6, 3]), line('p99Ms', [2, 3])];
  return { ...axisOf(flow), label, lines, say: shortDuration };
}

export function backlogChart(flow: FlowMetrics): ChartData {
  const lines: readonly Line[] = [
    {
      key: 'backlog',
      word: 'under way',
      tone: 'ink',
      isFilled: true,
      values: flow.steps.map(({ backlog }) => backlog),
    },
  ];
  const label = `Sagas under way: ${count(flow.total.backlog)} at the end of the window.`;
  return { ...axisOf(flow), label, lines, say: wholeOnly };
}

export function shareChart(flow: FlowMetrics): ChartData {
  const lines: readonly Line[] = [
    {
      key: 'share',
      word: 'compensated',
      tone: 'back',
      isFilled: true,
      values: flow.steps.map((step) => compensatedShare(step) ?? null),
    },
  ];
  const share = compensatedShare(flow.total);
  const label =
    share === undefined
      ? 'Compensated sagas of those that ended: nothing ended in the window.'
      : `Compensated sagas of those that ended: ${percentage(share)} in the window.`;
  return { ...axisOf(flow), label, lines, say: percentage };
}

type Ends = Pick<Step, 'completed' | 'compensated' | 'resolved'>;

/** In per cent of all that ended; undefined when nothing did. */
export function compensatedShare(ends: Ends): number | undefined {
  const all = ends.completed + ends.compensated + ends.resolved;
  return all === 0 ? undefined : (ends.compensated / all) * 100;
}

function axisOf(flow: FlowMetrics): Pick<ChartData, 'fromMs' | 'toMs' | 'atMs' | 'bands'> {
  return {
    fromMs: Date.parse(flow.from),
    toMs: Date.parse(flow.to),
    atMs: flow.steps.map(({ at }) => Date.parse(at)),
    bands: bandsOf(flow.faults),
  };
}

/** An axis has no room for "1.00 s". */
const shortDuration = (ms: number): string =>
  ms >= 1_000 && ms < 60_000 ? `${Number((ms / 1_000).toFixed(2))} s` : duration(ms);

/** Halves of sagas are no label. */
const wholeOnly = (value: number): string => (Number.isInteger(value) ? count(value) : '');
