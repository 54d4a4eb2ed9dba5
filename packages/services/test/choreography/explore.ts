import { type BarrierOf, beginning, keyOf, movesOf, type World } from './model.ts';

export interface Exploration {
  /** Worlds that can be told apart. */
  readonly worlds: readonly World[];
  /** Those in which no delivery changes anything any more. */
  readonly ends: readonly World[];
  /** Steps from one world to another, deliveries that changed nothing, and ways from the start to an end. */
  readonly steps: number;
  readonly copies: number;
  readonly ways: bigint;
}

/** Of a flow that keeps its promises there are far fewer; of one that does not, there is no end. */
const worldsMax = 1_000;

/**
 * Looks at every world that deliveries, refusals, give-ups and cancels in any order can lead to, up to
 * a bound that only a broken flow reaches.
 */
export function exploreAll(barrierOf?: BarrierOf): Exploration {
  const first = beginning();
  const worlds = new Map([[keyOf(first), first]]);
  const nextOf = new Map<string, Set<string>>();
  const ends: World[] = [];
  let steps = 0;
  let copies = 0;
  for (const [key, world] of worlds) {
    if (worlds.size > worldsMax) break;
    const next = new Set<string>();
    nextOf.set(key, next);
    const moves = movesOf(world, barrierOf).map((move) => ({ ...move, after: move.make(world) }));
    for (const { after } of moves) {
      const afterKey = keyOf(after);
      if (afterKey === key) {
        copies += 1;
        continue;
      }
      steps += 1;
      next.add(afterKey);
      if (!worlds.has(afterKey)) worlds.set(afterKey, after);
    }
    if (moves.every((move) => !move.isDelivery || keyOf(move.after) === key)) ends.push(world);
  }
  const endKeys = new Set(ends.map(keyOf));
  return {
    worlds: [...worlds.values()],
    ends,
    steps,
    copies,
    ways: worlds.size > worldsMax ? 0n : countWays(keyOf(first), nextOf, endKeys),
  };
}

/** Effects are never taken back, so no way leads back to where it was: each world is counted once. */
function countWays(
  first: string,
  nextOf: ReadonlyMap<string, ReadonlySet<string>>,
  ends: ReadonlySet<string>,
): bigint {
  const counted = new Map<string, bigint>();
  const count = (key: string): bigint => {
    const known = counted.get(key);
    if (known !== undefined) return known;
    let ways = ends.has(key) ? 1n : 0n;
    for (const next of nextOf.get(key) ?? []) ways += count(next);
    counted.set(key, ways);
    return ways;
  };
  return count(first);
}

/** What is wrong with a world, one sentence each, whether or not it is an end. */
export function judgeAlways({ applied }: World): string[] {
  const has = (key: string) => applied.has(key);
  const undone = ['order.create', 'inventory.reserve', 'payment.charge'].filter((step) =>
    has(`${step} compensation`),
  );
  return [
    ...[...applied].filter(([, times]) => times > 1).map(([key]) => `${key} was done twice`),
    ...undone.filter((step) => !has(`${step} action`)).map((step) => `${step} was only undone`),
    ...(has('shipment.initiate action') && undone.length > 0 ? ['shipped, and undone'] : []),
  ];
}

/** What is wrong with a world in which nothing is left to happen. */
export function judgeEnd({ applied, messages }: World): string[] {
  const has = (key: string) => applied.has(key);
  const said = new Set(messages.map(({ type }) => type));
  const isComplete = said.has('OrderConfirmed');
  const isUndone = said.has('OrderCancelled') || said.has('OrderRejected');
  const owed = ['order.create', 'inventory.reserve', 'payment.charge'].filter(
    (step) => has(`${step} action`) && !has(`${step} compensation`),
  );
  return [
    ...(isComplete === isUndone ? ['it has ended in both ways, or in neither'] : []),
    ...(isComplete && owed.length < 3 ? ['confirmed, and not all of it was done'] : []),
    ...(isUndone ? owed.map((step) => `${step} is owed its undo`) : []),
    ...(isUndone && has('shipment.initiate action') ? ['called off, and shipped'] : []),
  ];
}
