import { type FaultKind, faultKinds } from '@counterstep/db/faults';
import fc from 'fast-check';

const actions = [
  'order.create',
  'inventory.reserve',
  'payment.charge',
  'shipment.initiate',
  'order.confirm',
] as const;
const counterSteps = ['order.cancel', 'inventory.release', 'payment.refund'] as const;
type OperationName = (typeof actions)[number] | (typeof counterSteps)[number];

interface PlannedFault {
  readonly operation: OperationName;
  readonly kind: FaultKind;
  /** `once`: the next call for this order. */
  readonly scope: 'once' | 'always';
}

/** One line of an order, of a product that exists for this order alone. */
interface PlannedLine {
  readonly quantity: number;
  /** Minor units. */
  readonly unitPrice: number;
  readonly onHand: number;
}

/** One order and what befalls it, to be lived through in both styles. */
export interface EquivalenceCase {
  readonly customerId: string;
  readonly lines: readonly PlannedLine[];
  /** In the order in which they are asked: the first that fires counts. */
  readonly faults: readonly PlannedFault[];
  /** Somebody cancels: at once, or when this step has been seen to begin. */
  readonly cancel?: 'at-once' | (typeof actions)[number];
  /** When it gets stuck, the faults are removed and an operator says "again". */
  readonly isRetried: boolean;
}

/** What has to go wrong so that a counter-step is called at all. */
const trigger: Readonly<Record<(typeof counterSteps)[number], OperationName>> = {
  'order.cancel': 'payment.charge',
  'inventory.release': 'payment.charge',
  'payment.refund': 'shipment.initiate',
};

const isCounterStep = (name: OperationName): name is (typeof counterSteps)[number] =>
  (counterSteps as readonly string[]).includes(name);

/** Every fault at every operation, once and always, on an order that would go well otherwise. */
export const grid: readonly EquivalenceCase[] = [...actions, ...counterSteps].flatMap((operation) =>
  faultKinds.flatMap((kind) =>
    (['once', 'always'] as const).map((scope): EquivalenceCase => {
      const cause: PlannedFault[] = isCounterStep(operation)
        ? [{ operation: trigger[operation], kind: 'reject', scope: 'always' }]
        : [];
      return {
        customerId: 'harbour-cafe',
        lines: [{ quantity: 2, unitPrice: 4_900, onHand: 5 }],
        faults: [{ operation, kind, scope }, ...cause],
        isRetried: false,
      };
    }),
  ),
);

/** The charge is committed, and from then on the payment service never answers again. */
export const neverAnswered: EquivalenceCase = {
  customerId: 'harbour-cafe',
  lines: [{ quantity: 1, unitPrice: 4_900, onHand: 5 }],
  faults: [
    { operation: 'payment.charge', kind: 'fail-after-commit', scope: 'once' },
    { operation: 'payment.charge', kind: 'hang', scope: 'always' },
  ],
  isRetried: false,
};

/** Where a case of the grid must end, whatever the style. */
export function expectedEnd({ faults: [fault] }: EquivalenceCase): string {
  if (!fault) return 'completed';
  const { operation, kind, scope } = fault;
  const isRejected = kind === 'reject';
  const isHopeless = scope === 'always' && (kind === 'fail-before-commit' || kind === 'hang');
  if (isCounterStep(operation)) return isRejected || isHopeless ? 'stuck' : 'compensated';
  if (!isRejected && !isHopeless) return 'completed';
  return operation === 'order.confirm' ? 'stuck' : 'compensated';
}

const fault: fc.Arbitrary<PlannedFault> = fc.record({
  operation: fc.constantFrom<OperationName>(...actions, ...counterSteps),
  kind: fc.constantFrom(...faultKinds),
  scope: fc.constantFrom('once', 'always'),
});

const line: fc.Arbitrary<PlannedLine> = fc.record({
  quantity: fc.integer({ min: 1, max: 4 }),
  unitPrice: fc.integer({ min: 0, max: 40_000 }),
  // Mostly enough: what runs out there never gets any further.
  onHand: fc.oneof({ weight: 6, arbitrary: fc.constant(20) }, fc.integer({ min: 0, max: 4 })),
});

/** From rich to poor: 10 000, 1 500 and 50 euros in one charge. */
const customers = ['harbour-cafe', 'harbour-cafe', 'atelier-west', 'corner-kiosk'] as const;

export const equivalenceCase: fc.Arbitrary<EquivalenceCase> = fc
  .record({
    customerId: fc.constantFrom(...customers),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    faults: fc.array(fault, { maxLength: 2 }),
    cancel: fc.option(fc.constantFrom('at-once', ...actions), { freq: 3, nil: undefined }),
    isRetried: fc.boolean(),
  })
  .map(({ cancel, ...rest }) => ({ ...rest, ...(cancel && { cancel }) }));

export function nameOf({ faults, cancel, isRetried }: EquivalenceCase): string {
  return [
    ...faults.map(({ operation, kind, scope }) => `${operation} ${kind} ${scope}`),
    ...(cancel ? [`cancelled ${cancel}`] : []),
    ...(isRetried ? ['retried'] : []),
  ].join(', ');
}
