import { describe, expect, it } from 'vitest';
import { anOrder } from '../../test/orders.ts';
import { serviceOperations } from '../participants.ts';
import { placeOrderChoreography } from './choreography.ts';
import { placeOrderSaga } from './definition.ts';

const { reactions, start } = placeOrderChoreography;
const contracts = Object.values(serviceOperations).flatMap((operations) =>
  operations.map(({ contract }) => contract),
);
const workOf = (stepName: string, direction: 'action' | 'compensation') => {
  const step = placeOrderSaga.steps.find(({ name }) => name === stepName);
  const work = direction === 'action' ? step?.action : step?.compensation;
  if (work?.kind !== 'operation') throw new Error(`${stepName} has no ${direction}.`);
  return work;
};

describe('placing an order', () => {
  it('goes forward to the pivot and past it', () => {
    expect(placeOrderSaga.steps.map((step) => [step.name, step.class])).toEqual([
      ['order.create', 'compensatable'],
      ['inventory.reserve', 'compensatable'],
      ['payment.charge', 'compensatable'],
      ['shipment.initiate', 'pivot'],
      ['order.confirm', 'retriable'],
    ]);
  });

  it.each(reactions.map((reaction) => [reaction.on.type, reaction] as const))(
    'asks for the same on %s as the orchestrator does',
    (_event, { step, direction, operation, request }) => {
      const order = anOrder({ MUG: 2, TRAY: 1 });
      const work = workOf(step, direction);
      expect(work.operation).toBe(operation);
      const orchestrated = work.request({ input: order, results: {} } as never);
      expect(request({ order } as never)).toEqual(orchestrated);
      expect(operation.request.parse(orchestrated)).toEqual(orchestrated);
    },
  );

  it('has a service that carries out each operation, and a step that uses it', () => {
    const used = placeOrderSaga.steps.flatMap(({ action, compensation }) =>
      [action, compensation].flatMap((work) =>
        work?.kind === 'operation' ? [work.operation] : [],
      ),
    );
    expect(new Set(contracts)).toEqual(new Set(used));
  });

  it.each([
    [
      'nothing fails',
      [],
      'OrderConfirmed',
      ['OrderCreated', 'InventoryReserved', 'PaymentProcessed', 'ShipmentInitiated'],
    ],
    ['the order is rejected', ['order.create'], 'OrderRejected', []],
    [
      'goods are missing',
      ['inventory.reserve'],
      'OrderCancelled',
      ['OrderCreated', 'InventoryRejected'],
    ],
    [
      'the money is missing',
      ['payment.charge'],
      'OrderCancelled',
      ['OrderCreated', 'InventoryReserved', 'PaymentFailed', 'InventoryReleased'],
    ],
    [
      'the parcel is too large',
      ['shipment.initiate'],
      'OrderCancelled',
      [
        'OrderCreated',
        'InventoryReserved',
        'PaymentProcessed',
        'ShipmentFailed',
        'PaymentRefunded',
        'InventoryReleased',
      ],
    ],
  ] as const)('walks the events to their end when %s', (_case, failing, end, between) => {
    const seen: string[] = [];
    let event = start.type;
    for (;;) {
      const answers = reactions.filter((reaction) => reaction.on.type === event);
      if (answers.length === 0) break;
      expect(answers).toHaveLength(1);
      const [answer] = answers;
      const fails = answer?.direction === 'action' && failing.some((step) => step === answer.step);
      event = (fails ? answer?.rejected : answer?.applied)?.event.type ?? '';
      seen.push(event);
    }
    expect(seen).toEqual([...between, end]);
  });
});
