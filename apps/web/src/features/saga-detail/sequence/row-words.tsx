import { cut, type SequenceLayout, wordsOf } from './layout.ts';
import type { SequenceRow } from './row.ts';

const classOf: Readonly<Record<SequenceRow['kind'], string>> = {
  message: 'm',
  effect: 'm',
  reply: 'r',
  duplicate: 'm',
  lost: 'l',
  refused: 'x',
  mark: 'm',
};

/** Label and note: around the arrow where there is room, else in a line of their own above it. */
export function RowWords({
  row,
  time,
  y,
  layout,
}: {
  readonly row: SequenceRow;
  readonly time: string;
  readonly y: number;
  readonly layout: SequenceLayout;
}) {
  const { x, anchor, letters } = wordsOf(row, layout);
  const kind = `sq-n ${classOf[row.kind]}`;
  if (!layout.isWide) {
    const note = cut(row.note, Math.max(8, letters - row.label.length));
    return (
      <text x={x} y={y - 12} textAnchor={anchor}>
        <tspan className="sq-t">{time} </tspan>
        <tspan className={kind}>{cut(row.label, letters)}</tspan>
        {row.note && <tspan className="sq-s"> {note}</tspan>}
      </text>
    );
  }
  const isOnLine = row.to === undefined;
  const labelY = isOnLine ? (row.note ? y - 2 : y + 4) : y - 7;
  const noteY = isOnLine ? y + 12 : y + 15;
  return (
    <>
      <text className="sq-t" x={layout.gutter - 12} y={y + 4} textAnchor="end">
        {time}
      </text>
      <text className={kind} x={x} y={labelY} textAnchor={anchor}>
        {cut(row.label, letters)}
      </text>
      {row.note && (
        <text className="sq-s" x={x} y={noteY} textAnchor={anchor}>
          {cut(row.note, letters)}
        </text>
      )}
    </>
  );
}
