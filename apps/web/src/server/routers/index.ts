import { router } from '../trpc.ts';
import { auditRun } from './audit-run.ts';
import { batchesRouter } from './batches/index.ts';
import { busLag } from './bus-lag.ts';
import { catalogRouter } from './catalog/index.ts';
import { deadLettersRouter } from './dead-letters/index.ts';
import { definitionsRouter } from './definitions/index.ts';
import { faultsRouter } from './faults/index.ts';
import { flowsRouter } from './flows/index.ts';
import { live } from './live.ts';
import { metricsRouter } from './metrics/index.ts';
import { ordersRouter } from './orders/index.ts';
import { sagasRouter } from './sagas/index.ts';
import { workersDue } from './workers-due.ts';
import { workersList } from './workers-list.ts';

/** Names are the outside contract: add, never rename. */
export const appRouter = router({
  orders: ordersRouter,
  catalog: catalogRouter,
  sagas: sagasRouter,
  definitions: definitionsRouter,
  faults: faultsRouter,
  flows: flowsRouter,
  batches: batchesRouter,
  metrics: metricsRouter,
  audit: router({ run: auditRun }),
  workers: router({ list: workersList, due: workersDue }),
  deadLetters: deadLettersRouter,
  bus: router({ lag: busLag }),
  live,
});

export type AppRouter = typeof appRouter;
