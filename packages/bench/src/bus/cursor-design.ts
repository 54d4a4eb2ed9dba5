import { randomUUID } from 'node:crypto';
import { appendMessages, createPostgresBus } from '@counterstep/db/bus';
import { createPool } from '@counterstep/db/tx';
import type { Reader } from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';
import { type Design, publishAll, readers } from './design.ts';

/** The product's own: the outbox is the log, and readers keep cursors. */
export function cursorDesign(url: string): Design & { end(): Promise<void> } {
  const open = (searchPath: string) =>
    createPool({ url, searchPath, applicationName: 'bench bus', lookupsOnly: true });
  const orders = open('orders');
  const places = new Map(readers.map((name) => [name, open(name)]));
  const bus = createPostgresBus({
    outboxOf: () => orders,
    placesOf: (group) => {
      const db = places.get(group as (typeof readers)[number]);
      if (!db) throw new Error(`No reader ${group}.`);
      return { db, table: 'subscription' };
    },
  });
  return {
    name: 'cursors over the outbox',
    tables: ['orders.outbox', ...readers.map((name) => `${name}.subscription`)],
    async run(count) {
      const all: Reader[] = [];
      const done = readers.map(async (group) => {
        const seen = new Set<string>();
        const arrived = createAlarm();
        const reader = bus.subscribe({
          sources: ['order'],
          group,
          member: randomUUID(),
          members: () => 1,
          handle(messages) {
            for (const { messageId } of messages) seen.add(messageId);
            arrived.wake();
            return Promise.resolve();
          },
          onError: (error) => console.error(error),
        });
        all.push(reader);
        await reader.start();
        while (seen.size < count) await arrived.wait(1_000);
        await reader.stop();
      });
      await publishAll(count, async (batch) => {
        await orders.transaction((tx) => appendMessages(tx, batch));
        for (const reader of all) reader.wake();
      });
      await Promise.all(done);
    },
    async end() {
      await Promise.all([orders, ...places.values()].map((pool) => pool.end()));
    },
  };
}
