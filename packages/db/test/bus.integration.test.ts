import { randomUUID } from 'node:crypto';
import type { Message } from '@counterstep/saga-core/choreography';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAlarm } from '@counterstep/saga-core/engine';
import { appendMessages, createPostgresBus } from '../src/bus/index.ts';
import { pageMax } from '../src/bus/page.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';

let database: TestDatabase;
let orders: Pool;
let payments: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  const open = (searchPath: string, role: string) =>
    createPool({ url: database.url, role, searchPath, applicationName: 'bus-test' });
  orders = open('orders', 'counterstep_order');
  payments = open('payment', 'counterstep_payment');
});

afterAll(async () => {
  await Promise.all([orders.end(), payments.end()]);
  await database.drop();
});

const messageOf = (sagaId: string, causationId: string | null = null): Message => ({
  messageId: randomUUID(),
  type: 'Tested',
  version: 1,
  service: 'order',
  sagaId,
  causationId,
  depth: 0,
  definition: 'test',
  definitionVersion: 1,
  epoch: 0,
  step: 'test',
  report: { kind: 'null-compensated', attempt: 1 },
  data: null,
  correlationId: null,
  idempotencyKey: null,
});

it('an outbox takes a message once', async () => {
  const message = messageOf(randomUUID());
  const append = () => orders.transaction((tx) => appendMessages(tx, [message]));
  expect((await append()).map(({ messageId }) => messageId)).toEqual([message.messageId]);
  expect(await append()).toEqual([]);
});

it('hands over causes before their effects, also where one outbox is far behind', async () => {
  const bus = createPostgresBus({
    outboxOf: (source) => (source === 'order' ? orders : payments),
    placesOf: () => ({ db: payments, table: 'subscription' }),
  });
  // All in one partition: some pages of causes, and one of effects.
  const sagaId = randomUUID();
  const causes = Array.from({ length: 5 * pageMax }, () => messageOf(sagaId));
  const effects = causes.slice(-20).map(({ messageId }) => messageOf(sagaId, messageId));
  await orders.transaction((tx) => appendMessages(tx, causes));
  await payments.transaction((tx) => appendMessages(tx, effects));
  const seen = new Set<string>();
  const tooEarly: string[] = [];
  const arrived = createAlarm();
  const reader = bus.subscribe({
    sources: ['payment', 'order'],
    group: 'payment',
    member: randomUUID(),
    members: () => 1,
    handle(messages) {
      for (const { messageId } of messages) seen.add(messageId);
      for (const { causationId } of messages) {
        if (causationId !== null && !seen.has(causationId)) tooEarly.push(causationId);
      }
      arrived.wake();
      return Promise.resolve();
    },
    onError: (error) => {
      throw error;
    },
  });
  await reader.start();
  while (!effects.every(({ messageId }) => seen.has(messageId))) await arrived.wait(10_000);
  await reader.stop();
  expect(tooEarly).toEqual([]);
});

it('hands over what one outbox has while another cannot be read', async () => {
  const away = createPool({
    url: database.url,
    role: 'counterstep_order',
    searchPath: 'orders',
    applicationName: 'bus-test',
  });
  await away.end();
  const bus = createPostgresBus({
    outboxOf: (source) => (source === 'order' ? away : payments),
    placesOf: () => ({ db: payments, table: 'subscription' }),
  });
  const message = messageOf(randomUUID());
  await payments.transaction((tx) => appendMessages(tx, [message]));
  const seen = new Set<string>();
  const errors: unknown[] = [];
  const arrived = createAlarm();
  const reader = bus.subscribe({
    sources: ['order', 'payment'],
    group: 'payment',
    member: randomUUID(),
    members: () => 1,
    handle(messages) {
      for (const { messageId } of messages) seen.add(messageId);
      arrived.wake();
      return Promise.resolve();
    },
    onError: (error) => errors.push(error),
  });
  await reader.start();
  await arrived.wait(10_000);
  await reader.stop();
  expect(seen).toContain(message.messageId);
  expect(errors).not.toEqual([]);
});
