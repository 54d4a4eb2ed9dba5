import type { SequenceLayout } from './layout.ts';
import type { SequenceRow } from './row.ts';

interface ShapeProps {
  readonly row: SequenceRow;
  readonly y: number;
  readonly layout: SequenceLayout;
}

/** Room between a lifeline and what begins or ends at it. */
const clear = 7;

/** What one row draws between its lifelines; the words stand beside it. */
export function RowShape({ row, y, layout }: ShapeProps) {
  const from = layout.x(row.from);
  const to = row.to === undefined ? from : layout.x(row.to);
  const way = row.way === 'compensation' ? 'b' : 'f';
  switch (row.kind) {
    case 'message':
      return <Arrow from={from} to={to} y={y} look={way} />;
    case 'reply':
      return <Arrow from={from} to={to} y={y} look="r" />;
    case 'duplicate':
      return <Stopped from={from} to={to} y={y} />;
    case 'lost':
      return <Lost from={from} to={row.to === undefined ? from - 56 : to} y={y} />;
    case 'effect':
      return (
        <rect className={`sq-eff ${way}`} x={from - 5} y={y - 9} width="10" height="18" rx="3" />
      );
    case 'refused':
      return (
        <>
          {row.to !== undefined && <Arrow from={from} to={to} y={y} look="r" />}
          <g className="sq-eff x">
            <rect x={from - 8} y={y - 8} width="16" height="16" rx="4" />
            <path d={`M${from - 3} ${y - 3}l6 6M${from + 3} ${y - 3}l-6 6`} />
          </g>
        </>
      );
    case 'mark':
      return <circle className={`sq-dot t-${row.look.tone}`} cx={from} cy={y} r="5" />;
  }
}

interface ArrowProps {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly look: 'f' | 'b' | 'r';
}

function Arrow({ from, to, y, look }: ArrowProps) {
  const sign = to >= from ? 1 : -1;
  const tip = to - sign * clear;
  return (
    <>
      <path className={`sq-a ${look}`} d={`M${from + sign * clear} ${y}H${tip - sign * 5}`} />
      <path className={`sq-tip ${look}`} d={`M${tip} ${y}l${-sign * 7} -3.5v7z`} />
    </>
  );
}

/** A double line that ends at the two bars of the inbox. */
function Stopped({ from, to, y }: { from: number; to: number; y: number }) {
  const sign = to >= from ? 1 : -1;
  const end = to - sign * 17;
  const start = from + sign * clear;
  const bars = [to - sign * 12, to - sign * 8];
  return (
    <>
      <path className="sq-a d" d={`M${start} ${y - 2}H${end}M${start} ${y + 2}H${end}`} />
      <path className="sq-gate" d={bars.map((x) => `M${x} ${y - 9}v18`).join('')} />
    </>
  );
}

/** A dashed line that ends in a cross; from there on nothing went. */
function Lost({ from, to, y }: { from: number; to: number; y: number }) {
  const sign = to >= from ? 1 : -1;
  const cross = from + (to - from) * 0.55;
  return (
    <>
      <path className="sq-a l" d={`M${from + sign * clear} ${y}H${cross - sign * 7}`} />
      <path className="sq-lx" d={`M${cross - 4.5} ${y - 4.5}l9 9M${cross + 4.5} ${y - 4.5}l-9 9`} />
      <path className="sq-gone" d={`M${cross + sign * 8} ${y}H${to - sign * clear}`} />
    </>
  );
}
