import type { Flow } from '@/lib/trpc.ts';

export type FlowStep = Flow['steps'][number];
export type FlowEvent = Flow['events'][number];

/** Where a step stands among the others, before anything is measured. */
export interface Place {
  readonly node: FlowStep;
  /** From 0: how many events it takes to come to it. A counter-step stands under what it undoes. */
  readonly column: number;
  /** From 0; above 0 only where a flow forks. */
  readonly row: number;
  /** From 0, over the whole lane: every step has one of its own. */
  readonly index: number;
}

/** An event with who emits it and who reacts to it, each by its place. */
export interface Link {
  readonly event: FlowEvent;
  /** Absent for the event that starts the flow. */
  readonly from?: Place;
  readonly to: readonly Place[];
}

export interface Places {
  readonly forward: readonly Place[];
  readonly back: readonly Place[];
  readonly links: readonly Link[];
  readonly columns: number;
}

/** Lays a flow out as two lanes; pure, and the same for every width. */
export function placesOf(flow: Flow): Places {
  const forward = forwardPlaces(flow);
  const back = backPlaces(flow, forward);
  const places = new Map([...forward, ...back].map((place) => [place.node.id, place]));
  const links = flow.events.flatMap((event): Link[] => {
    const to = targetsOf(flow, event.id).flatMap((id) => places.get(id) ?? []);
    if (event.role === 'start') return [{ event, to }];
    const emitters = flow.edges.filter((edge) => edge.to === event.id);
    return emitters.flatMap(({ from }) => {
      const place = places.get(from);
      return place ? [{ event, from: place, to }] : [];
    });
  });
  const columns = Math.max(0, ...forward.map(({ column }) => column)) + 1;
  return { forward, back, links, columns };
}

const targetsOf = ({ edges }: Flow, id: string): readonly string[] =>
  edges.filter((edge) => edge.from === id).map(({ to }) => to);

/** Depth first: a branch stays together, and its first child on the line of its parent. */
function forwardPlaces(flow: Flow): readonly Place[] {
  const found: Place[] = [];
  let rows = 0;
  const visit = (eventId: string, column: number, row: number) => {
    const readers = targetsOf(flow, eventId).flatMap(
      (id) => flow.steps.find((step) => step.id === id && step.way === 'forward') ?? [],
    );
    for (const [index, node] of readers.entries()) {
      const own = index === 0 ? row : rows;
      rows = Math.max(rows, own + 1);
      found.push({ node, column, row: own, index: found.length });
      const next = flow.edges.find((edge) => edge.from === node.id && edge.kind === 'emits');
      if (next) visit(next.to, column + 1, own);
    }
  };
  const start = flow.events.find(({ role }) => role === 'start');
  if (start) visit(start.id, 0, 0);
  return found;
}

function backPlaces(flow: Flow, forward: readonly Place[]): readonly Place[] {
  const used = new Map<number, number>();
  return forward.flatMap(({ node: { step }, column, index }): Place[] => {
    const node = flow.steps.find((each) => each.step === step && each.way === 'back');
    if (!node) return [];
    const row = used.get(column) ?? 0;
    used.set(column, row + 1);
    return [{ node, column, row, index }];
  });
}
