import { appendMessages, createPostgresBus } from '@counterstep/db/bus';
import { createTestDatabase } from '@counterstep/db/testing';
import { createPool } from '@counterstep/db/tx';
import type { Message } from '@counterstep/saga-core/choreography';
import { messageBusContract } from '../src/contract/index.ts';

messageBusContract('Postgres', async () => {
  const database = await createTestDatabase();
  const open = (searchPath: string, role: string) =>
    createPool({ url: database.url, role, searchPath, applicationName: 'bus contract', size: 4 });
  const orders = open('orders', 'counterstep_order');
  const payments = open('payment', 'counterstep_payment');
  const inventory = open('inventory', 'counterstep_inventory');
  const outboxOf = (source: string) => (source === 'order' ? orders : payments);
  return {
    bus: createPostgresBus({
      outboxOf,
      placesOf: () => ({ db: inventory, table: 'subscription' }),
    }),
    source: 'order',
    otherSource: 'payment',
    group: 'inventory',
    async append(messages, source = 'order') {
      await outboxOf(source).transaction((tx) => appendMessages(tx, messages));
    },
    async appendOpen(messages: readonly Message[]) {
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      let committed: Promise<void> = Promise.resolve();
      // Only once it is written does the transaction have its id.
      await new Promise<void>((written) => {
        committed = orders.transaction(async (tx) => {
          await appendMessages(tx, messages);
          written();
          await gate;
        });
      });
      return {
        commit() {
          release();
          return committed;
        },
      };
    },
    async close() {
      await Promise.all([orders, payments, inventory].map((pool) => pool.end()));
      await database.drop();
    },
  };
});
