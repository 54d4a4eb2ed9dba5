import type { EquivalenceCase } from './case.ts';
import type { Ended, Ending } from './ending.ts';

/** Both ends of one case. */
export interface Pair {
  readonly planned: EquivalenceCase;
  readonly orchestrated: Ended;
  readonly choreographed: Ended;
}

/**
 * A difference that follows from the style itself, see docs/adr/0014. Where the rule applies, the two
 * endings need only be equal in its view.
 */
interface Rule {
  readonly name: string;
  applies(pair: Pair): boolean;
  view(ending: Ending): unknown;
}

const isForward = ({ status, stuckAt }: Ending): boolean =>
  status === 'completed' || (status === 'stuck' && stuckAt === 'order.confirm action');

const isStuckBack = ({ stuckAt }: Ending): boolean => stuckAt?.endsWith('compensation') ?? false;

/** What the customer and the shop are left with, however far it got before it turned back. */
const balance = ({ status, stock, captured, refunded, shipments, order }: Ending) => ({
  status,
  stock,
  kept: captured - refunded,
  shipments,
  isOpen: !order.startsWith('cancelled') && order !== 'none',
});

const rules: readonly Rule[] = [
  {
    // One style's pivot was a moment faster. Whoever went on must have told the customer so.
    name: 'the cancel met the pivot',
    applies({ planned, orchestrated, choreographed }) {
      const [ahead, back] = isForward(orchestrated.ending)
        ? [orchestrated, choreographed]
        : [choreographed, orchestrated];
      const isSplit = isForward(ahead.ending) && !isForward(back.ending);
      return planned.cancel !== undefined && isSplit && ahead.isCancelRefused;
    },
    view: () => null,
  },
  {
    // A cancel meets each style somewhere else on its way forward.
    name: 'the cancel met different steps',
    applies: ({ planned, orchestrated, choreographed }) =>
      planned.cancel !== undefined &&
      !isForward(orchestrated.ending) &&
      !isForward(choreographed.ending),
    view: balance,
  },
  {
    // A coordinator carries out the other undos first; without one each undo sets off the next.
    name: 'stuck on the way back',
    applies: ({ orchestrated, choreographed }) =>
      isStuckBack(orchestrated.ending) &&
      isStuckBack(choreographed.ending) &&
      isSubset(choreographed.ending.effects, orchestrated.ending.effects),
    view: ({ status, captured, shipments }) => ({ status, captured, shipments }),
  },
  {
    // The event goes out with the effect: only its own service waits for the answer that was lost.
    name: 'done, and never answered',
    applies: ({ planned: { faults } }) =>
      faults.some(
        ({ operation, kind, scope }, index) =>
          kind === 'hang' &&
          scope === 'always' &&
          faults
            .slice(0, index)
            .some(
              (before) => before.operation === operation && before.kind === 'fail-after-commit',
            ),
      ),
    view: () => null,
  },
];

function isSubset(some: Ending['effects'], all: Ending['effects']): boolean {
  return Object.entries(some).every(([key, outcome]) => all[key] === outcome);
}

/** `equal`, the name of the rule that explains the difference, or `differing`. */
export function compare(pair: Pair): string {
  const same = (view: Rule['view']) =>
    JSON.stringify(view(pair.orchestrated.ending)) ===
    JSON.stringify(view(pair.choreographed.ending));
  if (same((ending) => ending)) return 'equal';
  return rules.find((rule) => rule.applies(pair) && same(rule.view))?.name ?? 'differing';
}
