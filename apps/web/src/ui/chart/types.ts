/** A line over time; null where there is nothing to draw. */
export interface Line {
  readonly key: string;
  readonly word: string;
  readonly tone: 'forward' | 'back' | 'ink';
  /** Lines of one tone differ by their dashes. */
  readonly dash?: readonly number[];
  readonly isFilled?: boolean;
  readonly values: readonly (number | null)[];
}

/** A stretch of time that needs to be known to read the lines, and what happened in it. */
export interface Span {
  readonly word: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Spans that overlap, drawn as one. */
export interface Band extends Span {
  readonly key: string;
  readonly spans: readonly Span[];
}

export interface ChartData {
  /** What the whole says, for those who do not see it. */
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Where the values stand, ascending. */
  readonly atMs: readonly number[];
  readonly lines: readonly Line[];
  readonly bands: readonly Band[];
  /** A value with its unit, as short as an axis needs it. */
  readonly say: (value: number) => string;
}
