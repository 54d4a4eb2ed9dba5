import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BusHarness, testMessage, testMessages, witness } from './bus-harness.ts';
import { busGroupsContract } from './bus-groups.ts';

/**
 * What services and the tracker rely on, as a vitest suite: it holds for every `MessageBus`, on
 * Postgres, in memory or over a broker. Call it in a test file of the implementation.
 *
 * @param open gives a bus with an empty outbox, once per test
 */
export function messageBusContract(name: string, open: () => Promise<BusHarness>): void {
  describe(`${name} as a message bus`, () => {
    let harness: BusHarness | undefined;
    const current = (): BusHarness => {
      if (!harness) throw new Error('The bus is not open.');
      return harness;
    };
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(async () => {
      await harness?.close();
      harness = undefined;
    });
    deliveryContract(current);
    busGroupsContract(current);
  });
}

function deliveryContract(current: () => BusHarness): void {
  it('delivers every message, in order per saga', async () => {
    const one = witness(current());
    await one.reader.start();
    const sagas = Array.from({ length: 20 }, (): string => randomUUID());
    const rounds = [0, 1, 2, 3, 4].map((depth) => sagas.map((id) => testMessage(id, depth)));
    for (const round of rounds) await current().append(round);
    await one.until(() => one.hasSeen(rounds.flat()));
    await one.reader.stop();
    for (const id of sagas) {
      const depths = one.seen.filter(({ sagaId }) => sagaId === id).map(({ depth }) => depth);
      expect([...new Set(depths)]).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('loses nothing to a transaction that began earlier and commits later', async () => {
    const one = witness(current());
    await one.reader.start();
    const early = [testMessage()];
    const late = [testMessage(early[0]?.sagaId)];
    const open = await current().appendOpen(early);
    await current().append(late);
    await one.until(() => one.hasSeen(late));
    expect(one.hasSeen(early)).toBe(false);
    await open.commit();
    await one.until(() => one.hasSeen(early));
    await one.reader.stop();
  });

  it('brings a batch again that failed', async () => {
    let failures = 2;
    const one = witness(current(), {
      handle: () => (failures-- > 0 ? Promise.reject(new Error('not now')) : Promise.resolve()),
    });
    const messages = testMessages(3);
    await current().append(messages);
    await one.reader.start();
    await one.until(() => one.hasSeen(messages));
    await one.reader.stop();
    expect(failures).toBeLessThan(0);
  });

  it('goes on with others while the messages of one saga are put aside', async () => {
    const sick: string = randomUUID();
    const aside: string[] = [];
    const one = witness(current(), {
      handle(messages) {
        const failed = messages.filter(({ sagaId }) => sagaId === sick);
        aside.push(...failed.map(({ messageId }) => messageId));
        return Promise.resolve();
      },
    });
    await one.reader.start();
    const first = [testMessage(sick), ...testMessages(20)];
    await current().append(first);
    await one.until(() => one.hasSeen(first));
    const second = [testMessage(sick), ...testMessages(20)];
    await current().append(second);
    await one.until(() => one.hasSeen(second));
    await one.reader.stop();
    expect(new Set(aside).size).toBe(2);
  });

  it('brings the messages of several sources to one reader', async () => {
    const { source, otherSource } = current();
    const one = witness(current(), { sources: [source, otherSource] });
    const [first, second] = [testMessages(30), testMessages(30)];
    await current().append(first);
    await current().append(second, otherSource);
    await one.reader.start();
    await one.until(() => one.hasSeen([...first, ...second]));
    await one.caughtUp();
    await one.reader.stop();
    expect(one.seen).toHaveLength(60);
  });

  it('hands over the types that are asked for, and has done with the others', async () => {
    const one = witness(current(), { types: ['Wanted'] });
    const wanted = testMessages(10).map((message) => ({ ...message, type: 'Wanted' }));
    await current().append(testMessages(300));
    await current().append(wanted);
    await current().append(testMessages(5));
    await one.reader.start();
    await one.until(() => one.hasSeen(wanted));
    await one.caughtUp();
    await one.reader.stop();
    expect(one.seen).toHaveLength(10);
  });

  it('has a batch handled before it takes the next one', async () => {
    let under = 0;
    let most = 0;
    const one = witness(current(), {
      async handle() {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setImmediate(resolve));
        under -= 1;
      },
    });
    await one.reader.start();
    const messages = testMessages(50);
    for (const message of messages) await current().append([message]);
    await one.until(() => one.hasSeen(messages));
    await one.reader.stop();
    expect(most).toBe(1);
  });
}
