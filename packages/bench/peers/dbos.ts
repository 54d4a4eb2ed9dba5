import { DBOS } from '@dbos-inc/dbos-sdk';
import type { RawOrder } from '../src/order-statements.ts';
import { serve } from '../src/process/serve.ts';

// Workflows are started in this process and run here: no queue lies between. Its own tables are in the
// orders' database.
await serve(async ({ url, steps }) => {
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: url,
    systemDatabasePoolSize: 20,
    logLevel: 'error',
    runAdminServer: false,
  });
  const place = DBOS.registerWorkflow(
    async (order: RawOrder) => {
      for (const { name, run } of steps) await DBOS.runStep(() => run(order), { name });
    },
    { name: 'placeOrder' },
  );
  await DBOS.launch();
  return { place: (order) => place(order) };
});
