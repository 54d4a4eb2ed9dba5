import type { Audit } from '@/lib/trpc.ts';

type Invariant = Audit['invariants'][number];

/** Broken, whether by what is listed or by what is only counted. */
export const brokenOf = ({ violations, unlisted }: Invariant): number =>
  violations.length + unlisted;

export function totals({ invariants }: Audit): { broken: number; rows: number; inFlight: number } {
  return {
    broken: invariants.filter((invariant) => brokenOf(invariant) > 0).length,
    rows: invariants.reduce((sum, { rowsChecked }) => sum + rowsChecked, 0),
    // The same moving saga is set aside by several invariants: the largest number is how many move.
    inFlight: Math.max(0, ...invariants.map(({ inFlight }) => inFlight)),
  };
}

const groups: readonly { word: string; pattern: RegExp }[] = [
  { word: 'Stock: nothing sold twice, nothing lost', pattern: /^(stock|reservation)-/ },
  { word: 'Money: refunded never above captured', pattern: /^(payment|refund)-/ },
  { word: 'Shipments: each has a full capture', pattern: /^(shipment|shipped)-/ },
  { word: 'Orders: one end, the same in all services', pattern: /order|completed|compensated/ },
];

const rest = 'Log: gapless, allowed moves only';

/** Invariants under the words that people use for them. */
export function invariantGroups({
  invariants,
}: Audit): { word: string; holds: boolean; size: number }[] {
  const wordOf = ({ name }: Invariant) =>
    groups.find(({ pattern }) => pattern.test(name))?.word ?? rest;
  return [...groups.map(({ word }) => word), rest]
    .map((word) => ({
      word,
      members: invariants.filter((invariant) => wordOf(invariant) === word),
    }))
    .filter(({ members }) => members.length > 0)
    .map(({ word, members }) => ({
      word,
      holds: members.every((invariant) => brokenOf(invariant) === 0),
      size: members.length,
    }));
}
