import type { Attempt } from '@/features/saga-detail/attempts.ts';
import { type Move, movesOf } from './moves.ts';
import { committedAt, isAtRest, type Pair, type Side, sinceAcceptance } from './side.ts';

/** Where the ways of two sagas part for the first time. */
export interface Divergence {
  /** Since acceptance, when both answers were there. */
  readonly atMs: number;
  readonly step?: string;
  readonly way: Attempt['way'];
  /** What became of each there; undefined: nothing of the kind. */
  readonly moves: readonly [left: Move | undefined, right: Move | undefined];
}

/**
 * The earliest move that the other side answers with another one, or, without such, with none. Each step is compared with its
 * own counterpart, so steps that run at once may end in any order. What the other side may still do
 * is no divergence.
 */
export function divergenceOf(pair: Pair): Divergence | undefined {
  const [left, right] = pair;
  const ofLeft = byKey(movesOf(left.events));
  const ofRight = byKey(movesOf(right.events));
  return [...new Set([...ofLeft.keys(), ...ofRight.keys()])]
    .flatMap((key) => firstDifference(pair, ofLeft.get(key) ?? [], ofRight.get(key) ?? []))
    .toSorted((a, b) => oneSided(a) - oneSided(b) || a.atMs - b.atMs)
    .at(0);
}

/** That a step was reached on one side only follows from an answer that differed before. */
const oneSided = ({ moves }: Divergence): number => (moves.includes(undefined) ? 1 : 0);

function byKey(moves: readonly Move[]): Map<string, Move[]> {
  const lanes = new Map<string, Move[]>();
  for (const move of moves) {
    const key = `${move.step ?? ''} ${move.way}`;
    lanes.set(key, [...(lanes.get(key) ?? []), move]);
  }
  return lanes;
}

function firstDifference(
  pair: Pair,
  ofLeft: readonly Move[],
  ofRight: readonly Move[],
): Divergence[] {
  const [left, right] = pair;
  const length = Math.max(ofLeft.length, ofRight.length);
  for (let index = 0; index < length; index += 1) {
    const moves = [ofLeft[index], ofRight[index]] as const;
    const [a, b] = moves;
    const shown = a ?? b;
    if (!shown || (a && b && isSame(a, b))) continue;
    if ((!a && !isAtRest(left)) || (!b && !isAtRest(right))) return [];
    const times = [a && partedMs(left, a), b && partedMs(right, b)];
    const atMs = doubtful(pair, moves) ?? Math.max(...times.filter((ms) => ms !== undefined));
    const { step, way } = shown;
    return [{ atMs, way, moves, ...(step !== undefined && { step }) }];
  }
  return [];
}

/** Two ends are the same if they are of the same kind. */
const isSame = (a: Move, b: Move): boolean =>
  a.kind === b.kind && (a.kind !== 'ended' || a.word === b.word);

const partedMs = (side: Side, { at }: Move): number => sinceAcceptance(side, at);

/** A lost reply parts the two when its effect is committed, not when somebody gives up waiting. */
function doubtful([left, right]: Pair, [a, b]: Divergence['moves']): number | undefined {
  const one: readonly [Side, Move] | undefined =
    a?.kind === 'unknown' ? [left, a] : b?.kind === 'unknown' ? [right, b] : undefined;
  if (!one) return undefined;
  const [side, { step = '', way, at }] = one;
  const commit = committedAt(side, step, way);
  return commit !== undefined && commit <= at ? sinceAcceptance(side, commit) : undefined;
}
