import { randomUUID } from 'node:crypto';
import type { Message } from '@counterstep/saga-core/choreography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAlarm } from '@counterstep/saga-core/engine';
import { appendMessages, createPostgresBus } from '../src/bus/index.ts';
import { ensureCursors } from '../src/bus/partitions.ts';
import { pageMax } from '../src/bus/read-outbox.ts';
import { createTestDatabase, startProxy, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { messageOf } from './messages.ts';

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

/** A bus between orders, whose outbox is reached that way, and payments. */
const busOver = (outbox: Pool) =>
  createPostgresBus({
    outboxOf: (source) => (source === 'order' ? outbox : payments),
    placesOf: () => ({ db: payments, table: 'subscription' }),
  });

it('an outbox takes a message once', async () => {
  const message = messageOf(randomUUID());
  const append = () => orders.transaction((tx) => appendMessages(tx, [message]));
  expect((await append()).map(({ messageId }) => messageId)).toEqual([message.messageId]);
  expect(await append()).toEqual([]);
});

it('hands over causes before their effects, also where one outbox is far behind', async () => {
  const bus = busOver(orders);
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

describe('an outbox that cannot be read', () => {
  /** A reader of both outboxes, the one of orders being reached another way. */
  function read(outbox: Pool) {
    const bus = busOver(outbox);
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
    const until = async ({ messageId }: Message) => {
      const deadline = Date.now() + 20_000;
      while (!seen.has(messageId) && Date.now() < deadline) await arrived.wait(1_000);
      expect(seen).toContain(messageId);
    };
    return { reader, until, errors };
  }

  const say = async (service: Pool): Promise<Message> => {
    const message = messageOf(randomUUID());
    await service.transaction((tx) => appendMessages(tx, [message]));
    return message;
  };

  const away = (url: string) =>
    createPool({
      url,
      role: 'counterstep_order',
      searchPath: 'orders',
      applicationName: 'away',
      statementTimeoutMs: 60_000,
    });

  it('holds up no other where it fails', async () => {
    const ended = away(database.url);
    await ended.end();
    const { reader, until, errors } = read(ended);
    await reader.start();
    await until(await say(payments));
    await reader.stop();
    expect(errors).not.toEqual([]);
  });

  it('holds up no other where it is silent, and is read on when it speaks again', async () => {
    const proxy = await startProxy({ target: database.url });
    const outbox = away(proxy.url);
    const { reader, until, errors } = read(outbox);
    await reader.start();
    await until(await say(orders));
    const frozen = proxy.freeze((name) => name === 'away');
    const unread = await say(orders);
    await until(await say(payments));
    await until(await say(payments));
    frozen.release();
    await until(unread);
    await reader.stop();
    expect(errors).toEqual([]);
    await outbox.end();
    await proxy.stop();
  });
});

it('two readers that have begun with different partitions of two outboxes come to the same ones', async () => {
  const bus = busOver(orders);
  const members = [randomUUID(), randomUUID()];
  const readers = members.map((member) =>
    bus.subscribe({
      sources: ['order', 'payment'],
      group: 'payment',
      member,
      members: () => 2,
      handle: () => Promise.resolve(),
      onError: (error) => {
        throw error;
      },
    }),
  );
  for (const source of ['order', 'payment']) {
    await ensureCursors({ db: payments, table: 'subscription', source });
  }
  await payments.query(
    `update subscription set lease_until = clock_timestamp() + interval '1 minute',
            owner = ($1::uuid[])[case when (partition < 4) = (source = 'order') then 1 else 2 end]`,
    [members],
  );
  await Promise.all(readers.map((reader) => reader.start()));
  const owners = () =>
    payments.query<{ owners: number; members: number }>(
      `select max(owners)::int as owners, (select count(distinct owner)::int from subscription) as members
         from (select count(distinct owner) + count(*) filter (where owner is null) as owners
                 from subscription where source in ('order', 'payment') group by partition) as p`,
    );
  const deadline = Date.now() + 10_000;
  let found = await owners();
  while (found[0]?.owners !== 1 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    found = await owners();
  }
  await Promise.all(readers.map((reader) => reader.stop()));
  expect(found).toEqual([{ owners: 1, members: 2 }]);
});
