/**
 * Every boundary that a worker crosses in the scenarios. The suite compares what it sees with this
 * list: a new one, which nobody has killed a worker at, fails it until it is listed here; so does one
 * that has gone.
 */

/** While a worker starts. */
export const atStart: readonly string[] = [
  'saga: definitions',
  'saga: worker',
  'saga: cursors',
  'order: cursors',
  'inventory: cursors',
  'payment: cursors',
  'shipment: cursors',
];

/**
 * How often these are crossed is a matter of time: a reader takes as many messages at once as have
 * come, and stores its place once nothing older can come any more. In a run in which messages have
 * met on their way the last numbers are not reached.
 */
export const byTiming: readonly string[] = [
  'saga: fold',
  'saga: cursor',
  'order: cursor',
  'inventory: cursor',
  'payment: cursor',
  'shipment: cursor',
];

/**
 * A reaction that takes longer than others of late is put aside, so that it blocks nobody, and one that
 * nothing is heard of raises an alarm. On a machine that is busy with something else that can happen to
 * any.
 */
export const bySlowness: readonly string[] = [
  'saga: raise-stall',
  ...['order', 'inventory', 'payment', 'shipment'].flatMap((service) => [
    `${service}: park-under-way`,
    `${service}: unpark-under-way`,
  ]),
];

export const inOrder: readonly string[] = [
  'saga: saga.claim',
  'saga: saga.write',
  'saga: faults.decide',
  'saga: take-letter + answer-letter',
  'journal: call',

  'order: insert into customer_order + insert into order_line + effect',
  'inventory: update stock + insert into reservation + effect',
  'payment: insert into payment + effect',
  'shipment: insert into shipment + effect',
  'order: update customer_order + effect',
  'payment: effect',
  'shipment: effect',
  'payment: update payment + effect',
  'inventory: update stock + update reservation + effect',

  'order: insert into customer_order + insert into order_line + effect + outbox',
  'inventory: update stock + insert into reservation + effect + outbox',
  'payment: insert into payment + effect + outbox',
  'shipment: insert into shipment + effect + outbox',
  'order: update customer_order + effect + outbox',
  'payment: effect + outbox',
  'payment: update payment + effect + outbox',
  'shipment: effect + outbox',
  'inventory: update stock + update reservation + effect + outbox',
  'shipment: close + outbox',

  'order: fence',
  'inventory: fence',
  'payment: fence',
  'shipment: fence',

  'order: effect + outbox',
  'inventory: effect + outbox',
  'inventory: park + outbox',
  'inventory: close + outbox',
  'order: redrive',
  'order: take-parked',
  'order: unpark',

  'payment: park + outbox',
  'payment: take-parked',
  'payment: unpark',
  'payment: park-under-way',
  'payment: unpark-under-way',
  'inventory: redrive',
  'inventory: take-parked',
  'inventory: unpark',
];
