import { createParticipant } from '@counterstep/db/barrier';
import { createReactor } from '@counterstep/db/bus';
import type { EventContract, Message, RecordedMessage } from '@counterstep/saga-core/choreography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOrder, startServices, stock, type TestServices } from '../../test/services.ts';
import { orderCreated } from '../order/contract.ts';
import { serviceOperations } from '../participants.ts';
import { paymentRefunded } from '../payment/contract.ts';
import { placeOrderChoreography } from './choreography.ts';
import { uuidV7 } from './ids.ts';

let services: TestServices;

beforeAll(async () => {
  services = await startServices();
  await stock(services.owner, { MUG: 10 });
});

afterAll(() => services.stop());

function messageOf(contract: EventContract, change: Partial<Message> = {}): RecordedMessage {
  const { definition } = placeOrderChoreography;
  return {
    messageId: uuidV7(),
    type: contract.type,
    version: contract.version,
    service: contract.service,
    sagaId: uuidV7(),
    causationId: null,
    depth: 1,
    definition: definition.name,
    definitionVersion: definition.version,
    epoch: 0,
    step: 'order.create',
    report: { kind: 'applied', direction: 'action', attempt: 1, output: null },
    data: { order: anOrder() },
    correlationId: null,
    idempotencyKey: null,
    at: new Date(0).toISOString(),
    ...change,
  };
}

/** Inventory receives one message; what it has said by the time it is done, and what it has kept. */
async function receive(message: RecordedMessage, reactions = placeOrderChoreography.reactions) {
  const errors: unknown[] = [];
  const pool = services.databases.inventory;
  const reactor = createReactor({
    pool,
    participant: createParticipant({ pool, operations: serviceOperations.inventory }),
    reactions: reactions.filter(({ service }) => service === 'inventory'),
    definition: placeOrderChoreography.definition,
    nowMs: () => Date.now(),
    onEmit: () => undefined,
    onError: (error) => errors.push(error),
  });
  await reactor.handle([message]);
  // It is stopped only once everything that it began has ended.
  await reactor.stop();
  const [said, kept] = await Promise.all([
    services.owner.query<{ envelope: Message }>(
      'select envelope from inventory.outbox where saga_id = $1 order by id',
      [message.sagaId],
    ),
    services.owner.query<{ state: string; error: { code: string; message: string } }>(
      'select state, error from inventory.parked where saga_id = $1',
      [message.sagaId],
    ),
  ]);
  return { said: said.map(({ envelope }) => envelope), kept, errors };
}

const unreadable: readonly (readonly [string, Partial<Message>, RegExp])[] = [
  ['of a later version', { version: 7 }, /OrderCreated came from "order" in version 7/],
  ['without an order', { data: {} }, /data\.order: /],
  ['with nothing in it', { data: null }, /data: /],
  [
    'with a bad line',
    { data: { order: anOrder({ MUG: -1 }) } },
    /data\.order\.lines\[0\]\.quantity: /,
  ],
];

describe('a message that its reader cannot read', () => {
  it.each(unreadable)('%s is refused like any other "no"', async (_case, change, why) => {
    const { said, kept, errors } = await receive(messageOf(orderCreated, change));
    expect(errors).toEqual([]);
    expect(kept).toEqual([]);
    expect(said.map(({ type }) => type)).toEqual([
      'inventory.reserve/attempt-failed',
      'InventoryRejected',
    ]);
    const [, rejection] = said;
    expect(rejection).toMatchObject({ version: 1, report: { kind: 'closed' } });
    const error = rejection && 'error' in rejection.report ? rejection.report.error : undefined;
    expect(error?.code).toBe(change.version ? 'UNKNOWN_VERSION' : 'BAD_DATA');
    expect(error?.message).toMatch(why);
  });

  it('waits in front of an operator where no "no" is allowed', async () => {
    const message = messageOf(paymentRefunded, { data: { order: 'none' } });
    const { said, kept, errors } = await receive(message);
    expect(errors).toEqual([]);
    expect(kept).toMatchObject([{ state: 'dead', error: { code: 'BAD_DATA' } }]);
    expect(kept[0]?.error.message).toMatch(/PaymentRefunded from "payment" .* data\.order: /);
    expect(said).toMatchObject([{ report: { kind: 'attempt-failed', isStuck: true } }]);
  });

  it('leaves the readable ones alone', async () => {
    const { said, kept } = await receive(messageOf(orderCreated));
    expect(kept).toEqual([]);
    expect(said).toMatchObject([{ type: 'InventoryReserved', version: 1 }]);
  });

  it('is told of once, however often it comes', async () => {
    const message = messageOf(paymentRefunded, { data: { order: 'none' } });
    await receive(message);
    const { said, kept } = await receive(message);
    expect(kept).toHaveLength(1);
    expect(said).toHaveLength(1);
  });
});

describe('a refusal that cannot be put into words', () => {
  it('waits in front of an operator, and holds up no reader', async () => {
    const speechless = () => {
      throw new Error('no words');
    };
    const reactions = placeOrderChoreography.reactions.map((reaction) => ({
      ...reaction,
      request: speechless,
      ...(reaction.rejected && {
        rejected: { ...reaction.rejected, data: speechless },
      }),
    }));
    const { said, kept, errors } = await receive(messageOf(orderCreated), reactions);
    expect(errors).toEqual([]);
    expect(kept).toMatchObject([{ state: 'dead', error: { code: 'REQUEST_FAILED' } }]);
    expect(said).toMatchObject([{ report: { kind: 'attempt-failed', isStuck: true } }]);
  });
});
