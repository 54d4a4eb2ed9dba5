import type { IconName } from '@/ui/icon.tsx';
import type { Fault } from '@/lib/trpc.ts';

export type Service = 'order' | 'inventory' | 'payment' | 'shipment';
export const operations = [
  'order.create',
  'order.confirm',
  'order.cancel',
  'inventory.reserve',
  'inventory.release',
  'payment.charge',
  'payment.refund',
  'shipment.initiate',
] as const;
export type Operation = (typeof operations)[number];

interface GridRow {
  readonly service: Service;
  readonly word: string;
  readonly icon: IconName;
  readonly action: Operation;
  readonly note: string;
  readonly undo?: Operation;
  /** Stands where there is no counter-step. */
  readonly blank?: string;
}

export const grid: readonly GridRow[] = [
  {
    service: 'order',
    word: 'Order',
    icon: 'receipt',
    action: 'order.create',
    note: 'compensatable',
    undo: 'order.cancel',
  },
  {
    service: 'order',
    word: 'Order',
    icon: 'receipt',
    action: 'order.confirm',
    note: 'retriable',
    blank: 'Comes after the pivot: only forward, so nothing undoes it.',
  },
  {
    service: 'inventory',
    word: 'Inventory',
    icon: 'box',
    action: 'inventory.reserve',
    note: 'compensatable',
    undo: 'inventory.release',
  },
  {
    service: 'payment',
    word: 'Payment',
    icon: 'card',
    action: 'payment.charge',
    note: 'compensatable',
    undo: 'payment.refund',
  },
  {
    service: 'shipment',
    word: 'Shipment',
    icon: 'truck',
    action: 'shipment.initiate',
    note: 'pivot',
    blank:
      'The pivot has no counter-step. If its outcome is unknown, it is asked again with the same key.',
  },
];

export function serviceOf(operation: Operation): Service {
  return (
    grid.find(({ action, undo }) => action === operation || undo === operation)?.service ?? 'order'
  );
}

export type Kind = Fault['kind'];

interface KindText {
  readonly kind: Kind;
  readonly word: string;
  readonly note: string;
  /** As part of the sentence "When … is called, it …". */
  readonly verb: string;
  readonly then: string;
}

export const kinds: readonly KindText[] = [
  {
    kind: 'reject',
    word: 'Rejects',
    note: 'a business no, nothing done',
    verb: 'says no',
    then: 'a rejection is not retried. The saga turns back and undoes what it has done so far.',
  },
  {
    kind: 'fail-before-commit',
    word: 'Fails before commit',
    note: 'no effect, worth a retry',
    verb: 'breaks before its commit',
    then: 'they retry with growing back-off. If the budget runs out first, they turn back.',
  },
  {
    kind: 'fail-after-commit',
    word: 'Fails after commit',
    note: 'done, but nobody is told',
    verb: 'commits, then loses its reply',
    then: 'the outcome is unknown, so they retry with the same key. The barrier finds the effect and returns its result. If the budget runs out first, the undo is owed.',
  },
  {
    kind: 'delay',
    word: 'Delays',
    note: 'fixed, or with jitter',
    verb: 'answers late',
    then: 'they wait. Past the step’s timeout the outcome counts as unknown.',
  },
  {
    kind: 'hang',
    word: 'Hangs',
    note: 'never answers',
    verb: 'never answers',
    then: 'each attempt runs into its timeout; the outcome is unknown, and it is asked again with the same key.',
  },
];

export const kindOf = (kind: Kind): KindText =>
  kinds.find((text) => text.kind === kind) ?? kinds[0] ?? unreachable();

function unreachable(): never {
  throw new Error('There are no kinds of fault.');
}
