'use client';

import './chart.css';
import dynamic from 'next/dynamic';
import { Icon } from '@/ui/icon.tsx';
import type { Band, ChartData } from './types.ts';

// Only pages that draw one pay for it, and only when they do. The library refuses some browsers'
// language when it is loaded; the table is there for them.
const Canvas = dynamic(
  () =>
    import('./canvas.tsx').then(
      (module) => module.Canvas,
      () => NoCanvas,
    ),
  { ssr: false },
);

interface ChartProps {
  readonly data: ChartData;
  readonly onPoint: (index: number | undefined) => void;
}

/** Of one height whatever is in it, so that nothing moves when it fills. */
export function Chart({ data, onPoint }: ChartProps) {
  return (
    <figure className="chart" aria-label={data.label}>
      <div className="chart-bands" aria-hidden="true">
        {data.bands.map((band) => (
          <BandMark key={band.key} band={band} data={data} />
        ))}
      </div>
      <Canvas data={data} onPoint={onPoint} />
    </figure>
  );
}

function NoCanvas() {
  return (
    <p className="chart-none">This browser does not draw it. The table has the same values.</p>
  );
}

/** Narrower than this there is no room for words; the list of faults has them. */
const roomForWordsPercent = 18;

function BandMark({ band, data }: { band: Band; data: ChartData }) {
  const range = data.toMs - data.fromMs;
  const left = Math.max(0, ((band.fromMs - data.fromMs) / range) * 100);
  const width = Math.min(100, ((band.toMs - data.fromMs) / range) * 100) - left;
  return (
    <span className="chart-band" style={{ left: `${left}%`, width: `${width}%` }}>
      {width > roomForWordsPercent ? (
        <b>
          <Icon name="bolt" />
          {band.word}
        </b>
      ) : (
        <b className="only">
          <Icon name="bolt" />
        </b>
      )}
    </span>
  );
}
