import { struckIn } from '@/ui/chart/struck-in.ts';
import { describe, expect, it } from 'vitest';
import type { FlowMetrics } from '@/lib/trpc.ts';
import { bandsOf } from './faults.ts';
import { compensatedShare, finishedChart, latencyChart, percentage, rate } from './lines.ts';
import { readWindow } from './window.ts';

const flow: FlowMetrics = {
  window: '15m',
  from: '2026-11-24T12:00:00.000Z',
  to: '2026-11-24T12:00:20.000Z',
  stepSeconds: 10,
  steps: [
    {
      at: '2026-11-24T12:00:00.000Z',
      accepted: 30,
      completed: 25,
      compensated: 5,
      resolved: 0,
      backlog: 0,
      latency: { p50Ms: 80, p95Ms: 100, p99Ms: 120 },
    },
    {
      at: '2026-11-24T12:00:10.000Z',
      accepted: 2,
      completed: 0,
      compensated: 0,
      resolved: 0,
      backlog: 2,
    },
  ],
  total: { accepted: 32, completed: 25, compensated: 5, resolved: 0, backlog: 2 },
  faults: [],
};

describe('lines of a flow', () => {
  it('are per second', () => {
    const [completed, compensated] = finishedChart(flow).lines;
    expect(completed?.values).toEqual([2.5, 0]);
    expect(compensated?.values).toEqual([0.5, 0]);
  });

  it('have a gap where nothing ended', () => {
    expect(latencyChart(flow).lines.map(({ values }) => values)).toEqual([
      [80, null],
      [100, null],
      [120, null],
    ]);
    expect(compensatedShare({ completed: 0, compensated: 0, resolved: 0 })).toBeUndefined();
    expect(compensatedShare(flow.total)).toBeCloseTo(16.67, 1);
  });

  it('say numbers with the digits that tell something', () => {
    expect([0, 0.066, 1.44, 17.72, 1234].map(rate)).toEqual([
      '0',
      '0.07',
      '1.4',
      '17.7',
      '1\u00a0234',
    ]);
    expect([0, 2.26, 16.7, 100].map(percentage)).toEqual(['0 %', '2.3 %', '17 %', '100 %']);
  });
});

describe('bandsOf', () => {
  const span = (from: number, to: number, step: string) => ({
    step,
    direction: 'action' as const,
    kind: 'reject' as const,
    calls: 1,
    from: `2026-11-24T12:0${from}:00.000Z`,
    to: `2026-11-24T12:0${to}:00.000Z`,
  });

  it('puts overlapping faults into one band', () => {
    const bands = bandsOf([span(0, 3, 'a'), span(1, 5, 'b'), span(2, 4, 'a'), span(6, 7, 'a')]);
    expect(bands.map(({ word }) => word)).toEqual(['a says no and 1 more', 'a says no']);
    expect(bands[0]?.toMs).toBe(Date.parse('2026-11-24T12:05:00.000Z'));
  });

  it('names each fault in the rows of its own time', () => {
    const bands = bandsOf([span(0, 3, 'a'), span(1, 5, 'b'), span(6, 7, 'c')]);
    const minute = (n: number) => Date.parse(`2026-11-24T12:0${n}:00.000Z`);
    const rows = { bands, atMs: [0, 1, 3, 5, 6].map(minute), toMs: minute(7) };
    expect(rows.atMs.map((_, index) => struckIn(rows, index))).toEqual([
      ['a says no'],
      ['a says no', 'b says no'],
      ['b says no'],
      [],
      ['c says no'],
    ]);
  });
});

describe('readWindow', () => {
  it('gives back what is no window, cut short', () => {
    expect(readWindow(null)).toEqual({ window: '15m' });
    expect(readWindow('24h')).toEqual({ window: '24h' });
    expect(readWindow('x'.repeat(10_000))).toEqual({
      window: '15m',
      unknown: `${'x'.repeat(20)}…`,
    });
  });
});
