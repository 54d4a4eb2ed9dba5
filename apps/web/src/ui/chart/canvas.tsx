'use client';

import './language.ts';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import Plot from 'uplot';
import { clock } from '@/lib/time/format.ts';
import { useTimes } from '@/lib/time/times.tsx';
import { optionsFor } from './options.ts';
import { useShownTheme } from './theme.ts';
import type { ChartData } from './types.ts';

interface CanvasProps {
  readonly data: ChartData;
  /** Which of the values is under the pointer; undefined for none. */
  readonly onPoint: (index: number | undefined) => void;
}

/** Lines on a canvas. It is made once per set of lines and theme; new values only move them. */
export function Canvas({ data, onPoint }: CanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot>(null);
  const latest = useRef({ data, onPoint });
  const theme = useShownTheme();
  const { mode } = useTimes();
  const shape = data.lines.map(({ key }) => key).join();

  useEffect(() => {
    latest.current = { data, onPoint };
    plot.current?.setData(columnsOf(data));
  }, [data, onPoint]);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const zone = mode === 'local' ? 'local' : 'utc';
    const options = optionsFor(element, {
      latest: () => latest.current.data,
      onPoint: (index) => latest.current.onPoint(index),
      sayTime: (ms) => clock(new Date(ms).toISOString(), zone, false).slice(0, 5),
    });
    const made = new Plot(options, columnsOf(latest.current.data), element);
    plot.current = made;
    const observer = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [mode, shape, theme]);

  return <div ref={host} className="chart-canvas" aria-hidden="true" />;
}

function columnsOf({ atMs, lines }: ChartData): Plot.AlignedData {
  return [atMs.map((ms) => ms / 1_000), ...lines.map(({ values }) => [...values])];
}
