import { drawn, type Drawn, type Layout, type Point } from './layout.ts';
import type { Link, Place, Places } from './places.ts';

const boxWidth = 46;
const backLeft = 100 - boxWidth;
/** Between two boxes: an arrow with the words of two events, one above the other. */
const zone = 56;
/** Above the first box: where the flow starts and where its way back ends. */
const headHeight = 62;
const forwardX = 5;
const backX = backLeft + 5;
/** Between the lanes: lines that leave a forward step, and those of steps that are not neighbours. */
const gutterX = 50;
const besideX = 51.6;

/** For small screens the lanes turn: forward runs down on the left, the way back climbs on the right. */
export function layoutTall({ forward, back, links }: Places, boxHeight: number): Layout {
  const rows = rowsOf(boxHeight);
  const { top, bottom } = rows;
  const parts = links.map((link) => draw(link, rows));
  const pivot = forward.find(({ node }) => node.class === 'pivot');
  const hasMore = pivot !== undefined && pivot.index < forward.length - 1;
  return {
    height: headHeight + forward.length * (boxHeight + zone) - zone + 34,
    boxes: [...forward, ...back].map((place) => ({
      node: place.node,
      x: place.node.way === 'forward' ? 0 : backLeft,
      y: top(place),
      width: boxWidth,
    })),
    lines: parts.flatMap(({ lines }) => lines),
    labels: parts.flatMap(({ labels }) => labels),
    lanes: { forward: { x: 0, y: 0 }, back: { x: backLeft, y: 0 } },
    ...(hasMore && { rule: { at: { x: 0, y: bottom(pivot) + zone - 16 }, isUpright: false } }),
    ...(pivot && { pivot: { x: backLeft, y: top(pivot) + 20, width: boxWidth } }),
  };
}

/** Where the box of a place begins, has its middle, and ends. */
interface Rows {
  readonly top: (place: Place) => number;
  readonly middle: (place: Place) => number;
  readonly bottom: (place: Place) => number;
}

function rowsOf(boxHeight: number): Rows {
  const top = ({ index }: Place): number => headHeight + index * (boxHeight + zone);
  return {
    top,
    middle: (place) => top(place) + boxHeight * 0.58,
    bottom: (place) => top(place) + boxHeight,
  };
}

const at = (x: number, y: number): Point => ({ x, y });

function draw(link: Link, rows: Rows): Drawn {
  switch (link.event.role) {
    case 'start':
    case 'applied':
      return forwardLink(link, rows);
    case 'rejected':
      return turn(link, rows);
    case 'compensated':
      return backLink(link, rows);
  }
}

function forwardLink(link: Link, { top, bottom }: Rows): Drawn {
  const { from, to } = link;
  const y = from ? bottom(from) : headHeight - 34;
  const label = { at: at(forwardX + 2.5, y + 15), side: 'right' } as const;
  if (to.length === 0) {
    const points = [at(forwardX, y), at(forwardX, y + 22)];
    return drawn(link, [{ points, head: 'end' }], label);
  }
  const lines = to.map((target) => {
    const end = at(forwardX, top(target));
    const isNext = target.index === (from ? from.index + 1 : 0);
    const via = isNext
      ? []
      : [
          at(forwardX, y + 6),
          at(gutterX - 1.6, y + 6),
          at(gutterX - 1.6, top(target) - 12),
          at(forwardX, top(target) - 12),
        ];
    return { points: [at(forwardX, y), ...via, end], head: 'down' as const };
  });
  return drawn(link, lines, label);
}

/** Out to the gutter, along it, and up into each undo that it sets off. */
function turn(link: Link, rows: Rows): Drawn {
  const { middle, bottom } = rows;
  const { from, to } = link;
  const [first] = to;
  if (!from) return { lines: [], labels: [] };
  if (!first) {
    const points = [at(boxWidth - 3, bottom(from)), at(boxWidth - 3, bottom(from) + 38)];
    const label = { at: at(boxWidth - 5.5, bottom(from) + 38), side: 'left' } as const;
    return drawn(link, [{ points, head: 'end' }], label);
  }
  const y = middle(from);
  const lines = to.map((target) => ({
    points: [at(boxWidth, y), at(gutterX, y), ...intoUndo(gutterX, target, rows)],
    head: 'up' as const,
  }));
  return drawn(link, lines, { at: at(backX + 2.5, bottom(first) + 15), side: 'right' });
}

function backLink(link: Link, rows: Rows): Drawn {
  const { top, middle, bottom } = rows;
  const { from, to } = link;
  if (!from) return { lines: [], labels: [] };
  const label = { at: at(backX + 2.5, top(from) - 13), side: 'right' } as const;
  if (to.length === 0) {
    const points = [at(backX, top(from)), at(backX, top(from) - 22)];
    return drawn(link, [{ points, head: 'end' }], label);
  }
  const lines = to.map((target) => ({
    points:
      target.index === from.index - 1
        ? [at(backX, top(from)), at(backX, bottom(target))]
        : [
            at(backLeft, middle(from)),
            at(besideX, middle(from)),
            ...intoUndo(besideX, target, rows),
          ],
    head: 'up' as const,
  }));
  return drawn(link, lines, label);
}

/** From below: an undo is where two ways meet as often as not. */
function intoUndo(x: number, target: Place, { bottom }: Rows): readonly Point[] {
  const y = bottom(target) + zone / 2;
  return [at(x, y), at(backX, y), at(backX, bottom(target))];
}
