import { describe, expect, it } from 'vitest';
import type { Flow } from '@/lib/trpc.ts';
import type { Layout } from './layout.ts';
import { layoutTall } from './layout-tall.ts';
import { layoutWide } from './layout-wide.ts';
import { type FlowEvent, type FlowStep, placesOf } from './places.ts';

const step = (
  name: string,
  direction: FlowStep['direction'],
  kind: FlowStep['class'],
): FlowStep => ({
  id: `${direction}:${name}`,
  step: name,
  direction,
  way: direction === 'action' ? 'forward' : 'back',
  service: name,
  operation: `${name}.do`,
  class: kind,
  withinMs: 1_000,
});

/** Each event with who emits it and who reacts to it. */
type Told = readonly [
  type: string,
  role: FlowEvent['role'],
  from: string | null,
  to: readonly string[],
];

function flowOf(steps: FlowStep[], told: readonly Told[]): Flow {
  const events = told.map(([type, role, , to]): FlowEvent => {
    const way = role === 'start' || role === 'applied' ? 'forward' : 'back';
    const isEnd = to.length === 0;
    return { id: `event:${type}`, type, service: 's', version: 1, role, way, isEnd };
  });
  const edges = told.flatMap(([type, role, from, to]): Flow['edges'][number][] => {
    const way = role === 'start' || role === 'applied' ? 'forward' : 'back';
    const kind = role === 'rejected' ? 'rejects' : 'emits';
    return [
      ...(from ? [{ from, to: `event:${type}`, kind, way } as const] : []),
      ...to.map((id) => ({ from: `event:${type}`, to: id, kind: 'triggers', way }) as const),
    ];
  });
  return {
    format: 'counterstep.flow/1',
    definition: 'toy',
    version: 1,
    services: ['s'],
    steps,
    events,
    edges,
  };
}

/** a, then the pivot p, then r and s at once; and after s one more, t. */
const forked = flowOf(
  [
    step('a', 'action', 'compensatable'),
    step('p', 'action', 'pivot'),
    ...['r', 's', 't'].map((name) => step(name, 'action', 'retriable')),
    step('a', 'compensation', 'compensatable'),
  ],
  [
    ['Asked', 'start', null, ['action:a']],
    ['ADone', 'applied', 'action:a', ['action:p']],
    ['AFailed', 'rejected', 'action:a', []],
    ['PDone', 'applied', 'action:p', ['action:r', 'action:s']],
    ['PFailed', 'rejected', 'action:p', ['compensation:a']],
    ['RDone', 'applied', 'action:r', []],
    ['SDone', 'applied', 'action:s', ['action:t']],
    ['TDone', 'applied', 'action:t', []],
    ['AUndone', 'compensated', 'compensation:a', []],
  ],
);

/** a, then b and c at once; a failure of either undoes a and the other. */
const branches = flowOf(
  [
    ...['a', 'b', 'c'].map((name) => step(name, 'action', 'compensatable')),
    ...['a', 'b', 'c'].map((name) => step(name, 'compensation', 'compensatable')),
  ],
  [
    ['Asked', 'start', null, ['action:a']],
    ['ADone', 'applied', 'action:a', ['action:b', 'action:c']],
    ['BDone', 'applied', 'action:b', []],
    ['CDone', 'applied', 'action:c', []],
    ['BFailed', 'rejected', 'action:b', ['compensation:c']],
    ['CFailed', 'rejected', 'action:c', ['compensation:b', 'compensation:a']],
    ['CUndone', 'compensated', 'compensation:c', ['compensation:a']],
    ['BUndone', 'compensated', 'compensation:b', []],
    ['AUndone', 'compensated', 'compensation:a', []],
  ],
);

const boxHeight = 100;
const cases: readonly (readonly [string, Flow, Layout])[] = [
  ['a fork after the pivot, wide', forked, layoutWide(placesOf(forked), boxHeight)],
  ['a fork after the pivot, tall', forked, layoutTall(placesOf(forked), boxHeight)],
  ['branches that fail, wide', branches, layoutWide(placesOf(branches), boxHeight)],
  ['branches that fail, tall', branches, layoutTall(placesOf(branches), boxHeight)],
];

describe.each(cases)('%s', (_name, flow, layout) => {
  const { boxes, lines, labels, height } = layout;

  it('gives every step a box of its own, inside the drawing', () => {
    expect(boxes.map(({ node }) => node.id).toSorted()).toEqual(
      flow.steps.map(({ id }) => id).toSorted(),
    );
    for (const { x, y, width } of boxes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(100);
      expect(y + boxHeight).toBeLessThanOrEqual(height);
    }
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        const isBeside = a.x + a.width < b.x || b.x + b.width < a.x;
        const isBelow = a.y + boxHeight <= b.y || b.y + boxHeight <= a.y;
        expect({ a: a.node.id, b: b.node.id, isApart: isBeside || isBelow }).toMatchObject({
          isApart: true,
        });
      }
    }
  });

  it('draws each event once in words, and an arrow to each who reacts', () => {
    expect(labels.map(({ event }) => event.type)).toEqual(flow.events.map(({ type }) => type));
    const triggers = flow.edges.filter(({ kind }) => kind === 'triggers').length;
    expect(lines).toHaveLength(triggers + flow.events.filter(({ isEnd }) => isEnd).length);
  });

  it('draws at right angles, and every arrow ends where somebody reacts', () => {
    for (const { event, points, head } of lines) {
      for (const [index, to] of points.slice(1).entries()) {
        const from = points[index];
        const isStraight = from?.x === to.x || from?.y === to.y;
        expect({ event: event.type, isStraight }).toMatchObject({ isStraight: true });
      }
      const tip = points.at(-1);
      if (head === 'end' || !tip) continue;
      const touched = boxes.filter(
        ({ x, y, width }) =>
          tip.x >= x - 0.01 && tip.x <= x + width + 0.01 && tip.y >= y && tip.y <= y + boxHeight,
      );
      const ways = touched.map(({ node }) => node.way);
      expect({ event: event.type, ways }).toMatchObject({ ways: [event.way] });
    }
  });

  it('names the point of no return only where something follows it', () => {
    expect(layout.rule !== undefined).toBe(flow === forked);
  });
});
