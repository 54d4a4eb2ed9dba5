import { OpenWorkflow } from 'openworkflow';
import { BackendPostgres } from 'openworkflow/postgres';
import type { RawOrder } from '../src/order-statements.ts';
import { serve } from '../src/process/serve.ts';

// Its handle looks for the result once a second; the last line of the workflow tells us at once instead.
await serve(async ({ url, inFlight, steps }) => {
  const backend = await BackendPostgres.connect(url);
  const client = new OpenWorkflow({ backend });
  const ends = new Map<string, () => void>();
  const workflow = client.defineWorkflow<RawOrder, null>(
    { name: 'place-order' },
    async ({ input, step }) => {
      for (const { name, run } of steps) await step.run({ name }, () => run(input));
      ends.get(input.sagaId)?.();
      return null;
    },
  );
  const worker = client.newWorker({ concurrency: inFlight });
  await worker.start();
  return {
    async place(order) {
      const ended = new Promise<void>((resolve) => ends.set(order.sagaId, resolve));
      await workflow.run(order);
      await ended;
      ends.delete(order.sagaId);
    },
  };
});
