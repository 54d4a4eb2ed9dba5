import type { Fault } from '@/lib/trpc.ts';
import { type Kind, type Operation, operations, serviceOf } from './operations.ts';

export interface Rule {
  readonly operation: Operation;
  readonly kind: Kind;
  readonly delayMs?: number;
  readonly jitterMs?: number;
  readonly probability?: number;
  readonly nextCalls?: number;
}

export interface Preset {
  readonly id: string;
  readonly word: string;
  readonly note: string;
  readonly kind: Kind;
  readonly rules: readonly Rule[];
}

export const presets: readonly Preset[] = [
  {
    id: 'decline',
    word: 'Decline cards',
    note: '3 in 10 charges refused',
    kind: 'reject',
    rules: [{ operation: 'payment.charge', kind: 'reject', probability: 0.3 }],
  },
  {
    id: 'lose',
    word: 'Lose replies',
    note: 'next 5 charges, outcome unknown',
    kind: 'fail-after-commit',
    rules: [{ operation: 'payment.charge', kind: 'fail-after-commit', nextCalls: 5 }],
  },
  {
    id: 'flaky',
    word: 'Flaky network',
    note: '1 in 5 calls, everywhere',
    kind: 'fail-before-commit',
    rules: operations.map((operation) => ({
      operation,
      kind: 'fail-before-commit',
      probability: 0.2,
    })),
  },
  {
    id: 'slow',
    word: 'Slow carrier',
    note: 'shipments 1.5 s late',
    kind: 'delay',
    rules: [{ operation: 'shipment.initiate', kind: 'delay', delayMs: 1_500 }],
  },
  {
    id: 'refunds',
    word: 'Break refunds',
    note: 'sagas get stuck walking back',
    kind: 'fail-before-commit',
    rules: [
      { operation: 'payment.refund', kind: 'fail-before-commit' },
      { operation: 'shipment.initiate', kind: 'reject', nextCalls: 1 },
    ],
  },
];

/** The active faults that a preset has set, by their shape; undefined unless all of its rules are there. */
export function activeRules(
  { rules }: Preset,
  faults: readonly Fault[],
): readonly Fault[] | undefined {
  // A counted rule may be used up while the others of its preset go on.
  const lasting = rules.filter(({ nextCalls }) => rules.length === 1 || nextCalls === undefined);
  const found = lasting.map((rule) => faults.find((fault) => isSame(rule, fault)));
  return found.every((fault) => fault !== undefined) ? found : undefined;
}

function isSame(rule: Rule, fault: Fault): boolean {
  return (
    rule.operation === fault.operation &&
    rule.kind === fault.kind &&
    rule.probability === fault.probability &&
    rule.nextCalls === fault.nextCalls &&
    rule.delayMs === fault.delayMs &&
    fault.orderId === undefined
  );
}

export const withService = (rule: Rule) => ({ ...rule, service: serviceOf(rule.operation) });
