import type { FlowEvent, FlowStep, Link } from './places.ts';

/** `x` in percent of the width, `y` in px: a drawing that stretches without being measured. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly node: FlowStep;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** One arrow, drawn at right angles. */
export interface Line {
  readonly event: FlowEvent;
  /** Id of the step that emits it; absent for the start. */
  readonly from?: string;
  readonly points: readonly Point[];
  /** Where its last stretch points to; `end` where nobody reacts. */
  readonly head: 'left' | 'right' | 'up' | 'down' | 'end';
}

export interface Label {
  readonly event: FlowEvent;
  readonly from?: string;
  readonly at: Point;
  /** Which side of the point the words stand on. */
  readonly side: 'above' | 'right' | 'left';
}

export interface Layout {
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly labels: readonly Label[];
  /** Of the lanes' names. */
  readonly lanes: { readonly forward: Point; readonly back: Point };
  /** The point of no return: a rule across the way, with its words beside it. */
  readonly rule?: { readonly at: Point; readonly isUpright: boolean };
  /** Beneath the pivot, where its counter-step would be. */
  readonly pivot?: Point & { readonly width: number };
}

/** What a link draws. */
export interface Drawn {
  readonly lines: readonly Line[];
  readonly labels: readonly Label[];
}

/** Lines of one link, all of one event from one emitter, and its words. */
export function drawn(
  { event, from }: Link,
  lines: readonly Pick<Line, 'points' | 'head'>[],
  label: Pick<Label, 'at' | 'side'>,
): Drawn {
  const source = from && { from: from.node.id };
  return {
    lines: lines.map((line) => ({ event, ...source, ...line })),
    labels: [{ event, ...source, ...label }],
  };
}
