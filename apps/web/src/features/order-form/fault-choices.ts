interface FaultChoice {
  readonly id: string;
  readonly word: string;
  readonly rule?: {
    readonly service: 'inventory' | 'payment' | 'shipment';
    readonly operation:
      'inventory.reserve' | 'payment.charge' | 'shipment.initiate' | 'payment.refund';
    readonly kind: 'reject' | 'fail-before-commit' | 'fail-after-commit' | 'delay';
    readonly delayMs?: number;
    readonly nextCalls: number;
  };
}

/** Faults for the next order only; the Failures page has all of them. */
export const faultChoices: readonly FaultChoice[] = [
  { id: '', word: 'nothing' },
  {
    id: 'decline',
    word: 'the card is declined',
    rule: { service: 'payment', operation: 'payment.charge', kind: 'reject', nextCalls: 1 },
  },
  {
    id: 'lost',
    word: 'the charge’s reply is lost',
    rule: {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'fail-after-commit',
      nextCalls: 1,
    },
  },
  {
    id: 'flaky',
    word: 'the charge breaks twice',
    rule: {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'fail-before-commit',
      nextCalls: 2,
    },
  },
  {
    id: 'carrier',
    word: 'the carrier refuses the parcel',
    rule: { service: 'shipment', operation: 'shipment.initiate', kind: 'reject', nextCalls: 1 },
  },
  {
    id: 'slow',
    word: 'the carrier answers 1.5 s late',
    rule: {
      service: 'shipment',
      operation: 'shipment.initiate',
      kind: 'delay',
      delayMs: 1_500,
      nextCalls: 1,
    },
  },
];

export const faultRule = (id: string) => faultChoices.find((choice) => choice.id === id)?.rule;
