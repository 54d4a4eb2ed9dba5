import {
  checkFlow,
  type Choreography,
  defineChoreography,
  emit,
  event,
  type EventContract,
  type Reaction,
} from '@counterstep/saga-core/choreography';
import { describe, expect, it } from 'vitest';
import { inventoryRejected, inventoryReserved } from '../inventory/contract.ts';
import { type OrderFlow, type OrderInput, orderConfirmed, orderFlow } from '../order/contract.ts';
import { paymentFailed, paymentProcessed } from '../payment/contract.ts';
import { shipmentFailed, shipmentInitiated } from '../shipment/contract.ts';
import { placeOrderChoreography as sound } from './choreography.ts';

type Flow = Choreography<OrderInput>;
const order: Flow = sound;
const same = (flow: OrderFlow): OrderFlow => flow;

const key = ({ on: { type }, step, direction }: Reaction): string =>
  `${type} > ${step}${direction === 'action' ? '' : ' undone'}`;

/** The order flow with one reaction changed, or without it. */
function mutant(
  name: string,
  change?: Partial<Reaction>,
  events: readonly EventContract[] = [],
): Flow {
  const hit = order.reactions.find((reaction) => key(reaction) === name);
  if (!hit)
    throw new Error(
      `There is no reaction ${name}; there are ${order.reactions.map(key).join(', ')}.`,
    );
  return {
    ...order,
    events: [...order.events, ...events],
    reactions: order.reactions.flatMap((reaction) => {
      if (reaction !== hit) return [reaction];
      return change ? [{ ...reaction, ...change }] : [];
    }),
  };
}

const lost = event({ type: 'StockLost', service: 'inventory', version: 1, data: orderFlow });
const confirmFailed = event({
  type: 'ConfirmFailed',
  service: 'order',
  version: 1,
  data: orderFlow,
});

/** What each mutant is refused with: the culprit, and what to change. */
const mutants: readonly (readonly [string, Flow, RegExp])[] = [
  [
    'a dead end: payment does not react',
    mutant('InventoryReserved > payment.charge'),
    /InventoryReserved of "inventory.reserve" is a dead end: .* "payment.charge", "shipment.initiate" and "order.confirm" remain; no service reacts with step "payment.charge"/,
  ],
  [
    'a dead end: shipment waits for what nobody emits',
    mutant('PaymentProcessed > shipment.initiate', { on: lost }, [lost]),
    /PaymentProcessed of "payment.charge" is a dead end: .*"shipment.initiate" waits for StockLost, which nobody emits/,
  ],
  [
    'a cycle: payment waits for the parcel that waits for it',
    mutant('InventoryReserved > payment.charge', { on: shipmentInitiated }),
    /a cycle: ShipmentInitiated sets off step "payment.charge", PaymentProcessed sets off step "shipment.initiate", which emits ShipmentInitiated again/,
  ],
  [
    'an unhandled start',
    mutant('OrderRequested > order.create'),
    /OrderRequested is unhandled: it starts the flow, but no service reacts with step "order.create"/,
  ],
  [
    'an unhandled rejection',
    mutant('ShipmentFailed > payment.charge undone'),
    /ShipmentFailed is unhandled: .* "order.create", "inventory.reserve" and "payment.charge" is still to be undone. Let the counter-step of "payment.charge" react to it/,
  ],
  [
    'an unhandled undo',
    mutant('InventoryReleased > order.create undone'),
    /InventoryReleased is unhandled: .* the effect of "order.create" is still to be undone/,
  ],
  [
    'an undeclared event',
    { ...order, events: order.events.filter(({ type }) => type !== 'PaymentFailed') },
    /step "payment.charge" emits PaymentFailed, which "payment" does not declare. Add it to the events of "payment"/,
  ],
  [
    'an event of somebody else',
    mutant('InventoryReserved > payment.charge', { applied: emit(inventoryReserved, same) }),
    /step "payment.charge" runs in "payment" but emits InventoryReserved, an event of "inventory"/,
  ],
  [
    'a declared event that nobody emits',
    { ...order, events: [...order.events, lost] },
    /"inventory" declares StockLost, which nobody emits/,
  ],
  [
    'another version than is declared',
    mutant('PaymentProcessed > shipment.initiate', { on: { ...paymentProcessed, version: 2 } }),
    /step "shipment.initiate" reacts to another PaymentProcessed than is declared: as version 1 and as version 2/,
  ],
  [
    'a failure edge that passes the refund by',
    mutant('ShipmentFailed > payment.charge undone', {
      ...pick('PaymentFailed > inventory.reserve undone'),
      on: shipmentFailed,
    }),
    /ShipmentFailed of "shipment.initiate" has no way back for "payment.charge": it undoes "inventory.reserve" and "order.create" and ends with OrderCancelled/,
  ],
  [
    'a failure edge that cancels and leaves the goods held',
    mutant('PaymentFailed > inventory.reserve undone', {
      ...pick('InventoryRejected > order.create undone'),
      on: paymentFailed,
    }),
    /PaymentFailed of "payment.charge" has no way back for "inventory.reserve": it undoes "order.create" and ends with OrderCancelled/,
  ],
  [
    'a compensation that cannot be reached',
    {
      ...order,
      events: [...order.events, lost],
      reactions: [
        ...order.reactions,
        { ...pick('PaymentFailed > inventory.reserve undone'), on: lost },
      ],
    },
    /the counter-step of "inventory.reserve" cannot be reached: it waits for StockLost, to which no failure leads/,
  ],
  [
    'a pivot that the money may still refuse',
    mutant('PaymentProcessed > shipment.initiate', { on: inventoryReserved }),
    /the pivot "shipment.initiate" runs beside "payment.charge", which may be rejected/,
  ],
  [
    'a rejection past the pivot',
    mutant('ShipmentInitiated > order.confirm', { rejected: emit(confirmFailed, same) }, [
      confirmFailed,
    ]),
    /"order.confirm" comes after the pivot "shipment.initiate" and must not answer with ConfirmFailed/,
  ],
  [
    'a confirmation before the parcel',
    mutant('ShipmentInitiated > order.confirm', { on: paymentProcessed }),
    /"order.confirm" cannot be undone, but reacts to PaymentProcessed, before the pivot "shipment.initiate" has committed/,
  ],
  [
    'two reactions to one event',
    { ...order, reactions: [...order.reactions, pick('InventoryReserved > payment.charge')] },
    /"payment" reacts twice to InventoryReserved with step "payment.charge"/,
  ],
  [
    'an undo of what went well',
    mutant('PaymentFailed > inventory.reserve undone', { on: orderConfirmed }),
    /the counter-step of "inventory.reserve" reacts to OrderConfirmed, which says that a step went well/,
  ],
  [
    'a step forward after a failure',
    mutant('InventoryReserved > payment.charge', { on: inventoryRejected }),
    /step "payment.charge" reacts to InventoryRejected, which says that a step did not happen/,
  ],
  [
    'another operation than the orchestrated style runs',
    mutant('InventoryReserved > payment.charge', {
      operation: pick('PaymentProcessed > shipment.initiate').operation,
    }),
    /step "payment.charge" runs shipment.initiate on InventoryReserved, but the saga says payment.charge/,
  ],
];

function pick(name: string): Reaction {
  const reaction = order.reactions.find((each) => key(each) === name);
  if (!reaction) throw new Error(`There is no reaction ${name}.`);
  return reaction;
}

describe('the order flow', () => {
  it('is sound', () => {
    expect(checkFlow(order)).toEqual([]);
  });

  it.each(mutants)('is refused with %s', (_name, flow, culprit) => {
    expect(() => defineChoreography(flow)).toThrow(culprit);
  });

  it.each(order.reactions.map((reaction) => [key(reaction)]))('needs %s', (name) => {
    expect(checkFlow(mutant(name))).not.toEqual([]);
  });

  it.each(order.events.map(({ type }) => [type]))('needs the declaration of %s', (type) => {
    const events = order.events.filter((declared) => declared.type !== type);
    expect(checkFlow({ ...order, events }).join('\n')).toContain(`${type}, which`);
  });
});
