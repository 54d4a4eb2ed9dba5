import type { APIRequestContext } from '@playwright/test';
import { mutate, query } from '../e2e/api.ts';

interface Batch {
  readonly count: number;
  readonly completed: number;
  readonly compensated: number;
  readonly stuck: number;
}

export interface Load {
  /** Whether all of its sagas have ended. */
  isOver(): Promise<boolean>;
  /** Ended sagas a second, from its launch to the last look. */
  rate(): number;
}

/** Orders that workers place at a rate, whatever this process does. */
export async function launch(
  request: APIRequestContext,
  count: number,
  ratePerSecond: number,
): Promise<Load> {
  const order = { count, ratePerSecond, style: 'orchestration' };
  const answer = await mutate(request, 'batches.launch', order);
  if (!answer.ok()) throw new Error(`batches.launch: ${await answer.text()}`);
  const { result } = (await answer.json()) as { result: { data: { batchId: string } } };
  const from = performance.now();
  let ended = 0;
  let tookMs = 0;
  return {
    async isOver() {
      const batch = await query<Batch>(request, 'batches.get', { batchId: result.data.batchId });
      ended = batch.completed + batch.compensated + batch.stuck;
      tookMs = performance.now() - from;
      return ended >= count;
    },
    rate: () => (ended / tookMs) * 1_000,
  };
}
