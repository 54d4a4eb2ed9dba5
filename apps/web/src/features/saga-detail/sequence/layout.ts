import type { Lane } from './lanes.ts';
import type { SequenceRow } from './row.ts';

/** Narrower than this, a label does not fit beside its arrow and takes the row above it. */
const wideMin = 640;

/** Measures in px, as the drawing uses them one to one. */
export interface SequenceLayout {
  readonly isWide: boolean;
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly top: number;
  /** Room for the times at the left. */
  readonly gutter: number;
  readonly headWidth: number;
  readonly x: (lane: string) => number;
  /** The middle of a row. */
  readonly y: (index: number) => number;
  /** Letters that fit into so many px. */
  readonly lettersIn: (px: number) => number;
}

export function layoutOf(
  lanes: readonly Lane[],
  rows: readonly SequenceRow[],
  width: number,
): SequenceLayout {
  const isWide = width >= wideMin;
  const gutter = isWide ? 74 : 8;
  const gap = (width - gutter - 8) / Math.max(1, lanes.length);
  const rowHeight = isWide ? 42 : 46;
  const top = isWide ? 60 : 50;
  const places = new Map(lanes.map(({ key }, index) => [key, gutter + gap * (index + 0.5)]));
  return {
    isWide,
    width,
    height: top + Math.max(1, rows.length) * rowHeight + 14,
    rowHeight,
    top,
    gutter,
    headWidth: Math.min(112, gap - 4),
    x: (lane) => places.get(lane) ?? gutter + gap / 2,
    y: (index) => top + index * rowHeight + rowHeight / 2,
    lettersIn: (px) => Math.max(6, Math.floor(px / letterWidth)),
  };
}

/** Of the label's face at its size, on average. */
const letterWidth = 6.6;

/** Where a row's words stand, and how many of them fit. */
export interface Words {
  readonly x: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly letters: number;
}

const besideBlock = 13;

export function wordsOf(row: SequenceRow, layout: SequenceLayout): Words {
  const { x, width, gutter, lettersIn, isWide } = layout;
  const from = x(row.from);
  const to = row.to === undefined ? from : x(row.to);
  if (!isWide) {
    const isRight = (from + to) / 2 > width * 0.55;
    return { x: isRight ? width - 8 : gutter, anchor: isRight ? 'end' : 'start', letters: 46 };
  }
  if (from !== to) {
    const middle = (from + to) / 2;
    const half = Math.min(middle - gutter, width - 8 - middle);
    return { x: middle, anchor: 'middle', letters: lettersIn(2 * half) };
  }
  const right = width - 8 - from - besideBlock;
  const left = from - besideBlock - gutter;
  return right >= 170 || right >= left
    ? { x: from + besideBlock, anchor: 'start', letters: lettersIn(right) }
    : { x: from - besideBlock, anchor: 'end', letters: lettersIn(left) };
}

export const cut = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`;

/** 0.071: seconds after the start, to the millisecond while that says something. */
export function secondsAfter(startedAt: string, at: string): string {
  const ms = Math.max(0, Date.parse(at) - Date.parse(startedAt));
  const seconds = ms / 1_000;
  if (seconds < 100) return seconds.toFixed(3);
  if (seconds < 10_000) return seconds.toFixed(1);
  return `${Math.round(seconds / 60)} m`;
}
