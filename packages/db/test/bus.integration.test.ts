import { randomUUID } from 'node:crypto';
import type { Message } from '@counterstep/saga-core/choreography';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendMessages } from '../src/bus/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';

let database: TestDatabase;
let orders: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  orders = createPool({
    url: database.url,
    role: 'counterstep_order',
    searchPath: 'orders',
    applicationName: 'bus-test',
  });
});

afterAll(async () => {
  await orders.end();
  await database.drop();
});

const message: Message = {
  messageId: randomUUID(),
  type: 'Tested',
  version: 1,
  service: 'order',
  sagaId: randomUUID(),
  causationId: null,
  depth: 0,
  definition: 'test',
  definitionVersion: 1,
  epoch: 0,
  step: 'test',
  report: { kind: 'null-compensated', attempt: 1 },
  data: null,
  correlationId: null,
  idempotencyKey: null,
};

it('an outbox takes a message once', async () => {
  const append = () => orders.transaction((tx) => appendMessages(tx, [message]));
  expect((await append()).map(({ messageId }) => messageId)).toEqual([message.messageId]);
  expect(await append()).toEqual([]);
});
