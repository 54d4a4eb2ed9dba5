import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkFlow,
  type Choreography,
  flowGraph,
  flowToJson,
  type Reaction,
} from '../../src/choreography/index.ts';
import { acts, asked, flowOf, sagaOf, serviceOf, undoes } from './toy.ts';

type Flow = Choreography<{ id: string }>;

/** Undone one after the other up to the pivot; past it a tree of steps that must succeed. */
function linear(count: number, parents: readonly number[]): Flow {
  const compensatable = Array.from({ length: count }, (_, index) => `c${index}`);
  const retriable = parents.map((_, index) => `r${index}`);
  const path = [...compensatable, 'p'];
  const forward = path.map((step, index) => {
    const before = path[index - 1];
    return acts(step, before === undefined ? asked : serviceOf(before).done);
  });
  const back = compensatable.flatMap((step, index) => {
    const next = path[index + 1] ?? 'p';
    const { failed, undone } = serviceOf(next);
    return [undoes(step, failed), ...(next === 'p' ? [] : [undoes(step, undone)])];
  });
  const after = parents.map((parent, index) => {
    const before = parent < index ? (retriable[parent] ?? 'p') : 'p';
    return acts(`r${index}`, serviceOf(before).done, true);
  });
  return flowOf(sagaOf({ compensatable, pivot: 'p', retriable }), [...forward, ...back, ...after]);
}

/** A tree of steps without pivot; each failure undoes at once whatever may have happened by then. */
function forked(parents: readonly number[]): Flow {
  const names = parents.map((_, index) => `c${index}`);
  const parentOf = (index: number) => {
    const parent = parents[index] ?? index;
    return parent < index ? parent : -1;
  };
  const isAfter = (late: number, early: number): boolean => {
    for (let at = late; at >= 0; at = parentOf(at)) if (at === early) return true;
    return false;
  };
  const forward = names.map((step, index) => {
    const before = names[parentOf(index)];
    return acts(step, before === undefined ? asked : serviceOf(before).done);
  });
  const back = names.flatMap((failing, at) =>
    names
      .filter((_, index) => !isAfter(index, at))
      .map((step) => undoes(step, serviceOf(failing).failed)),
  );
  return flowOf(sagaOf({ compensatable: names }), [...forward, ...back]);
}

const places = (max: number) => fc.array(fc.nat(max), { maxLength: max });
const flows = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 5 }), places(5)).map(([count, tree]) => linear(count, tree)),
  fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }).map(forked),
);
const without = <T>(list: readonly T[], at: number): readonly T[] =>
  list.filter((_, index) => index !== at % list.length);

describe('any flow that is linear or forks', () => {
  it('is accepted, in whatever order its reactions are listed', () => {
    fc.assert(
      fc.property(flows, fc.array(fc.nat(), { maxLength: 40 }), (flow, ranks) => {
        const reactions = flow.reactions
          .map((reaction, index): [number, Reaction] => [ranks[index] ?? 0, reaction])
          .sort(([a], [b]) => a - b)
          .map(([, reaction]) => reaction);
        expect(checkFlow({ ...flow, reactions })).toEqual([]);
      }),
    );
  });

  it('is refused without any one of its reactions', () => {
    fc.assert(
      fc.property(flows, fc.nat(), (flow, at) => {
        expect(checkFlow({ ...flow, reactions: without(flow.reactions, at) })).not.toEqual([]);
      }),
    );
  });

  it('is refused without any one of its declarations, by the name of the event', () => {
    fc.assert(
      fc.property(flows, fc.nat(), (flow, at) => {
        const events = without(flow.events, at);
        const lost = flow.events.find((event) => !events.includes(event));
        expect(checkFlow({ ...flow, events }).join('\n')).toContain(lost?.type);
      }),
    );
  });

  it('is drawn whole: each reaction and each event has its place, and no edge hangs loose', () => {
    fc.assert(
      fc.property(flows, (flow) => {
        const graph = flowToJson(flowGraph(flow));
        const ids = new Set([...graph.steps, ...graph.events].map(({ id }) => id));
        expect(ids.size).toBe(graph.steps.length + graph.events.length);
        for (const { from, to } of graph.edges)
          expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
        expect(graph.edges.filter(({ kind }) => kind === 'triggers')).toHaveLength(
          flow.reactions.length,
        );
        const told = graph.edges.filter(({ kind }) => kind !== 'triggers').map(({ to }) => to);
        expect(new Set(told).size).toBe(flow.events.length - 1);
      }),
    );
  });
});
