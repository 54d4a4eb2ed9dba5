import { randomUUID } from 'node:crypto';
import type { Message, RecordedMessage } from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendMessages, type Consumer, createConsumer } from '../src/bus/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';

let database: TestDatabase;
let orders: Pool;
let inventory: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  const open = (schema: string, role: string) =>
    createPool({
      url: database.url,
      role,
      searchPath: schema,
      applicationName: `bus-test ${schema}`,
    });
  orders = open('orders', 'counterstep_order');
  inventory = open('inventory', 'counterstep_inventory');
});

afterAll(async () => {
  await orders.end();
  await inventory.end();
  await database.drop();
});

function message(sagaId: string = randomUUID(), depth = 0): Message {
  return {
    messageId: randomUUID(),
    type: 'Tested',
    version: 1,
    service: 'order',
    sagaId,
    causationId: null,
    depth,
    definition: 'test',
    definitionVersion: 1,
    epoch: 0,
    step: 'test',
    report: { kind: 'null-compensated', attempt: 1 },
    data: null,
    correlationId: null,
    idempotencyKey: null,
  };
}

/** A consumer under a source name of its own, and what it has seen. */
function consumer(
  source: string,
  options: { workerId?: string; share?: number; failTimes?: number } = {},
) {
  const seen: RecordedMessage[] = [];
  const arrived = createAlarm();
  let failures = options.failTimes ?? 0;
  const created: Consumer = createConsumer({
    outbox: orders,
    cursors: { db: inventory, table: 'subscription', source },
    workerId: options.workerId ?? randomUUID(),
    share: () => options.share ?? 8,
    handle(messages) {
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new Error('not now'));
      }
      seen.push(...messages);
      arrived.wake();
      return Promise.resolve();
    },
    onError: () => arrived.wake(),
  });
  const until = async (condition: () => boolean) => {
    const deadline = Date.now() + 10_000;
    while (!condition()) {
      if (Date.now() > deadline) {
        await created.stop();
        throw new Error(`Not within 10 s; seen so far: ${seen.length} messages.`);
      }
      created.wake();
      await arrived.wait(50);
    }
  };
  return { created, seen, until };
}

const append = (...messages: Message[]) => orders.transaction((tx) => appendMessages(tx, messages));

describe('an outbox', () => {
  it('takes a message once', async () => {
    const one = message();
    expect((await append(one)).map(({ messageId }) => messageId)).toEqual([one.messageId]);
    expect(await append(one)).toEqual([]);
  });
});

describe('a consumer', () => {
  it('sees every message, in order per saga', async () => {
    const { created, seen, until } = consumer('in-order');
    await created.start();
    const sagas = Array.from({ length: 20 }, (): string => randomUUID());
    for (let depth = 0; depth < 5; depth += 1) {
      await append(...sagas.map((sagaId) => message(sagaId, depth)));
    }
    const mine = () => seen.filter(({ sagaId }) => sagas.includes(sagaId));
    await until(() => mine().length >= 100);
    await created.stop();
    for (const sagaId of sagas) {
      expect(
        mine()
          .filter((m) => m.sagaId === sagaId)
          .map((m) => m.depth),
      ).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('loses nothing to a transaction that began earlier and commits later', async () => {
    const sagaId = randomUUID();
    const early = message(sagaId);
    const late = message(sagaId);
    const { created, seen, until } = consumer('late-commit');
    await created.start();
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let slow: Promise<void> = Promise.resolve();
    // Only once it is written does the earlier transaction have the lower id.
    await new Promise<void>((written) => {
      slow = orders.transaction(async (tx) => {
        await appendMessages(tx, [early]);
        written();
        await gate;
      });
    });
    await append(late);
    await until(() => seen.some((m) => m.messageId === late.messageId));
    expect(seen.some((m) => m.messageId === early.messageId)).toBe(false);
    finish();
    await slow;
    await until(() => seen.some((m) => m.messageId === early.messageId));
    await created.stop();
    expect(seen.filter((m) => m.messageId === late.messageId)).toHaveLength(1);
  });

  it('goes on where the one before it stopped', async () => {
    const first = consumer('handed-over');
    await first.created.start();
    const before = message();
    await append(before);
    await first.until(() => first.seen.some((m) => m.messageId === before.messageId));
    await first.created.stop();
    const after = message();
    await append(after);
    const second = consumer('handed-over');
    await second.created.start();
    await second.until(() => second.seen.some((m) => m.messageId === after.messageId));
    await second.created.stop();
    expect(second.seen.some((m) => m.messageId === before.messageId)).toBe(false);
  });

  it('sees a message again when handling it failed', async () => {
    const { created, seen, until } = consumer('failing', { failTimes: 2 });
    const one = message();
    await append(one);
    await created.start();
    await until(() => seen.some((m) => m.messageId === one.messageId));
    await created.stop();
  });

  it('shares the partitions with others and takes over those of a worker that has ended', async () => {
    const dead = randomUUID();
    const first = consumer('shared', { workerId: dead, share: 4 });
    const second = consumer('shared', { share: 8 });
    await first.created.start();
    await first.until(() => true);
    await second.created.start();
    const messages = Array.from({ length: 40 }, () => message());
    await append(...messages);
    const seenBy = (who: typeof first) =>
      messages.filter((m) => who.seen.some((s) => s.messageId === m.messageId)).length;
    await first.until(() => seenBy(first) + seenBy(second) >= 40);
    expect(seenBy(first) + seenBy(second)).toBe(40);
    await first.created.stop();
    await second.created.free([dead]);
    const more = Array.from({ length: 40 }, () => message());
    await append(...more);
    await second.until(() =>
      more.every((m) => second.seen.some((s) => s.messageId === m.messageId)),
    );
    await second.created.stop();
  });
});
