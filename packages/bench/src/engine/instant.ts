import { randomUUID } from 'node:crypto';
import { definitionKey } from '@counterstep/saga-core/definition';
import {
  type ClaimedSaga,
  createBatcher,
  type Participants,
  type SagaStore,
  type SagaWrite,
} from '@counterstep/saga-core/engine';
import type { Command, Json, Outcome } from '@counterstep/saga-core/participant';
import { placeOrderSaga } from '@counterstep/services/place-order';

/** An order of two lines, as its saga's input. */
export const orderInput = () => ({
  orderId: randomUUID(),
  customerId: 'harbour-cafe',
  lines: [
    { sku: 'WAL-TRAY-02', quantity: 1, unitPrice: 4_900 },
    { sku: 'BRD-ASH-07', quantity: 2, unitPrice: 3_850 },
  ],
  total: 12_600,
});

const outputs: Readonly<Record<string, Json>> = {
  'order.create': { status: 'pending' },
  'inventory.reserve': { lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }] },
  'payment.charge': { amount: 12_600, paymentId: 'pay_1' },
  'shipment.initiate': { trackingCode: 'CS1' },
  'order.confirm': { status: 'confirmed' },
};

/** Services that say yes in batches, a millisecond later, and do nothing. */
export function instantParticipants(): Participants {
  const participant = () => {
    const batcher = createBatcher<Command, Outcome>({
      run: (commands) => later(commands.map(({ operation }) => yes(operation))),
      sizeMax: 128,
      inFlightMax: 2,
    });
    return {
      execute: (command: Command) => batcher.add(command),
      close: () => Promise.reject(new Error('Nothing is in doubt here.')),
      fence: () => Promise.reject(new Error('Nothing is taken over here.')),
    };
  };
  const services = ['order', 'inventory', 'payment', 'shipment'];
  return new Map(services.map((service) => [service, participant()]));
}

/** A store that has so many sagas, and keeps nothing. */
export function instantStore(sagas: number): SagaStore {
  let left = sagas;
  return {
    claim(limit, _keys, begin) {
      const count = Math.min(limit, left);
      left -= count;
      const sagas = Array.from({ length: count }, newSaga);
      return later(
        sagas.map((saga) => (begin?.(saga) ? { hasBegun: true as const, ...saga } : saga)),
      );
    },
    write: (writes: readonly SagaWrite[]) =>
      later(writes.map(() => ({ kind: 'written', mailWaiting: false }) as const)),
    readMail: () => Promise.resolve([]),
    sagasWithMail: () => Promise.resolve([]),
    releaseStrays: () => Promise.resolve(0),
  };
}

const newSaga = (): ClaimedSaga => ({
  sagaId: randomUUID(),
  definitionKey: definitionKey(placeOrderSaga),
  fence: 1n,
  seq: 1,
  input: orderInput(),
  deadlineAt: null,
  mailRead: 0,
  mailWaiting: false,
});

const yes = (operation: string): Outcome => ({
  kind: 'applied',
  output: outputs[operation] ?? null,
  duplicate: false,
});

const later = <T>(value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(value), 1);
  });
