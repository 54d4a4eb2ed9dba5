import type Plot from 'uplot';
import { colorsOf } from './theme.ts';
import type { ChartData, Line } from './types.ts';

/** Room that the axes take; the bands beside the canvas know them too (`chart.css`). */
const valueAxisPx = 56;
const timeAxisPx = 24;
const topPx = 10;
const font = '11px "Geist Variable", sans-serif';

/** Between two lines of the grid, from 0.001 on. Not 2.5, as the library would: 0.125 is shown as 0.13. */
const roundSteps = Array.from({ length: 12 }, (_, index) =>
  [1, 2, 5].map((digit) => Number(`${digit}e${index - 3}`)),
).flat();

interface Reading {
  readonly latest: () => ChartData;
  readonly onPoint: (index: number | undefined) => void;
  readonly sayTime: (ms: number) => string;
}

const tokens = [
  'ink',
  'ink-3',
  'line',
  'sunken',
  'surface',
  'forward-solid',
  'forward-soft',
  'back-solid',
  'back-soft',
];

export function optionsFor(host: HTMLElement, reading: Reading): Plot.Options {
  const colors = colorsOf(host, tokens);
  const color = (token: string) => colors[token] ?? 'gray';
  const { latest } = reading;
  return {
    width: host.clientWidth,
    height: host.clientHeight,
    padding: [topPx, 0, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'metrics' } },
    scales: {
      x: { time: true, range: () => [latest().fromMs / 1_000, latest().toMs / 1_000] },
      y: { range: (_, __, max) => [0, roundUp(max)] },
    },
    axes: [
      {
        stroke: color('ink-3'),
        font,
        size: timeAxisPx,
        space: 90,
        grid: { show: false },
        ticks: { show: false },
        values: (_, at) => at.map((seconds) => reading.sayTime(seconds * 1_000)),
      },
      {
        // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the library has this enum as a type only.
        side: 1,
        stroke: color('ink-3'),
        font,
        size: valueAxisPx,
        space: 36,
        incrs: [...roundSteps],
        grid: { stroke: color('line'), width: 1 },
        ticks: { show: false },
        values: (_, at) => at.map((value) => latest().say(value)),
      },
    ],
    series: [{}, ...latest().lines.map((line) => seriesOf(line, color))],
    hooks: { setCursor: [({ cursor }) => reading.onPoint(cursor.idx ?? undefined)] },
  };
}

function seriesOf({ tone, dash, isFilled }: Line, color: (token: string) => string): Plot.Series {
  const isInk = tone === 'ink';
  return {
    stroke: color(isInk ? 'ink' : `${tone}-solid`),
    width: 1.5,
    points: { show: false },
    ...(dash && { dash: [...dash] }),
    ...(isFilled && { fill: color(isInk ? 'sunken' : `${tone}-soft`) }),
  };
}

/** Above the highest value, so that the highest line of the grid is a round one; 1 over nothing. */
function roundUp(max: number | null): number {
  if (!max || max <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(max));
  const factor = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= max * 1.05) ?? 15;
  return factor * power;
}
