import { randomUUID } from 'node:crypto';
import type { Message } from '@counterstep/saga-core/choreography';

/** One of the two ways of page 30 to carry messages on Postgres. */
export interface Design {
  readonly name: string;
  /** Tables whose size and dead rows count. */
  readonly tables: readonly string[];
  /** Publishes so many messages and has every reader read them all, at the same time. */
  run(count: number): Promise<void>;
}

export const readers = ['inventory', 'payment', 'shipment'] as const;
const publishersMax = 4;
/** As many as a service's batch of operations emits in one transaction. */
const perTransaction = 64;

/** About as large as a message of the order saga: 1 KB. */
function messages(count: number): Message[] {
  const lines = Array.from({ length: 3 }, (_, n) => ({
    sku: `WAL-TRAY-0${n}`,
    quantity: n + 1,
    unitPrice: 12_900,
  }));
  const orderId: string = randomUUID();
  const order = { orderId, customerId: 'harbour-cafe', lines, total: 77_400 };
  return Array.from({ length: count }, () => ({
    messageId: randomUUID(),
    type: 'OrderCreated',
    version: 1,
    service: 'order',
    sagaId: randomUUID(),
    causationId: randomUUID(),
    depth: 1,
    definition: 'place-order',
    definitionVersion: 1,
    epoch: 0,
    step: 'order.create',
    report: { kind: 'applied', direction: 'action', attempt: 1, output: order },
    data: { order },
    correlationId: null,
    idempotencyKey: null,
  }));
}

/** Publishes with several at once, each transaction with as many messages as a batch has. */
export async function publishAll(
  count: number,
  publish: (messages: readonly Message[]) => Promise<void>,
): Promise<void> {
  let left = count;
  const one = async () => {
    while (left > 0) {
      const size = Math.min(perTransaction, left);
      left -= size;
      await publish(messages(size));
    }
  };
  await Promise.all(Array.from({ length: publishersMax }, one));
}
