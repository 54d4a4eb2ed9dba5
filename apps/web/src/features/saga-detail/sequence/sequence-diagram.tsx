'use client';

import type { RefObject } from 'react';
import { Icon } from '@/ui/icon.tsx';
import { longFrom } from '@/ui/long-body.tsx';
import { useWindowRows } from '@/ui/window-rows.ts';
import type { Selection } from '../selection.ts';
import type { Lane } from './lanes.ts';
import { layoutOf, secondsAfter } from './layout.ts';
import { rowSentence } from './row-sentence.ts';
import type { SequenceRow } from './row.ts';
import { RowShape } from './row-shape.tsx';
import { RowWords } from './row-words.tsx';
import { useWidth } from './use-width.ts';

interface SequenceDiagramProps {
  readonly lanes: readonly Lane[];
  readonly rows: readonly SequenceRow[];
  readonly startedAt: string;
  readonly selection: Selection;
}

/** Lifelines and what went between them. The drawing is for eyes; the list over it is for everybody. */
export function SequenceDiagram({ lanes, rows, startedAt, selection }: SequenceDiagramProps) {
  const [frame, width] = useWidth(820);
  const layout = layoutOf(lanes, rows, width);
  const { height, rowHeight, headWidth, x, y } = layout;
  const turn = rows.findIndex(({ isAfterTurn }) => isAfterTurn);
  const indexes = useShownIndexes(rows, rowHeight, frame);
  const drawn = indexes.flatMap((index) => {
    const row = rows[index];
    return row ? [{ row, index, key: `${row.kind} ${row.seq}` }] : [];
  });
  const time = (row: SequenceRow) => secondsAfter(startedAt, row.at);
  return (
    <div className="seq" ref={frame}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {turn >= 0 && (
          <rect className="sq-back" y={y(turn) - rowHeight / 2} width={width} height={height} />
        )}
        {drawn.map(
          ({ row, index, key }) =>
            isChosen(row, selection) && (
              <rect
                key={key}
                className="sq-sel"
                x="4"
                y={y(index) - rowHeight / 2}
                width={width - 8}
                height={rowHeight}
                rx="6"
              />
            ),
        )}
        {lanes.map((lane) => (
          <path key={lane.key} className="sq-life" d={`M${x(lane.key)} 44V${height - 8}`} />
        ))}
        {drawn.map(({ row, index, key }) => (
          <g key={key} className={groundOf(row, selection)}>
            <RowShape row={row} y={y(index) + (layout.isWide ? 0 : 6)} layout={layout} />
            <RowWords row={row} time={time(row)} y={y(index)} layout={layout} />
          </g>
        ))}
      </svg>
      <div className="sq-heads" aria-hidden="true">
        {lanes.map(({ key, name, icon }) => (
          <span key={key} style={{ left: x(key), width: headWidth }}>
            {layout.isWide && <Icon name={icon} />}
            {name}
          </span>
        ))}
      </div>
      <ol className="sq-rows" aria-label="Messages in the order of their arrival">
        {drawn.map(({ row, index, key }) => (
          <li
            key={key}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            style={{ top: y(index) - rowHeight / 2, height: rowHeight }}
            data-kind={row.kind}
          >
            <RowButton row={row} lanes={lanes} time={time(row)} selection={selection} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** All of a short sequence, of a long one those on the screen. */
function useShownIndexes(
  rows: readonly SequenceRow[],
  rowHeight: number,
  frame: RefObject<Element | null>,
): readonly number[] {
  const { shown } = useWindowRows({
    count: rows.length,
    keyOf: (index) => index,
    rowPx: () => rowHeight,
    body: frame,
  });
  return rows.length > longFrom ? shown.map(({ index }) => index) : [...rows.keys()];
}

interface RowButtonProps {
  readonly row: SequenceRow;
  readonly lanes: readonly Lane[];
  readonly time: string;
  readonly selection: Selection;
}

/** The whole row is the target; one that belongs to no step is only read. */
function RowButton({ row, lanes, time, selection }: RowButtonProps) {
  const says = rowSentence(row, lanes, time);
  const { step, way, attempt } = row;
  if (step === undefined) return <span className="vh">{says}</span>;
  return (
    <button
      type="button"
      aria-label={says}
      aria-pressed={isChosen(row, selection)}
      onClick={() => selection.select(step, way, attempt)}
      onPointerEnter={() => selection.hover({ step, way })}
      onPointerLeave={() => selection.hover(undefined)}
    />
  );
}

export function isChosen({ step, way, attempt }: SequenceRow, { selected }: Selection): boolean {
  return selected?.step === step && selected?.way === way && selected?.number === attempt;
}

/** Words have a halo of the ground they stand on. */
function groundOf(row: SequenceRow, selection: Selection): string {
  if (isChosen(row, selection)) return 'on-sel';
  return row.isAfterTurn ? 'on-back' : '';
}
