import type { Batch, SagaStatus } from '@/lib/trpc.ts';
import { finishedStatuses } from '@/ui/status.ts';

/** The order in which a launch's bar stacks: ends first, what needs a person last. */
export const stacked = [
  'completed',
  'compensated',
  'resolved',
  'committed',
  'running',
  'compensating',
  'pending',
  'stuck',
] as const satisfies readonly SagaStatus[];

export interface Progress {
  /** Sagas that there will be: `both` makes two of an order. */
  readonly total: number;
  readonly finished: number;
  readonly isOver: boolean;
}

export function progressOf(batch: Batch): Progress {
  const perOrder = batch.style === 'both' ? 2 : 1;
  const orders = batch.cancelled ? batch.placed : batch.count;
  const total = orders * perOrder;
  const finished = finishedStatuses.reduce((sum, status) => sum + batch[status], 0);
  return { total, finished, isOver: finished + batch.stuck >= total };
}

export interface Sample {
  readonly atMs: number;
  readonly finished: number;
}

const windowMs = 5_000;

export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  return [...samples.filter(({ atMs }) => sample.atMs - atMs <= windowMs), sample];
}

/** Finished sagas per second over the last samples. */
export function rateOf(samples: readonly Sample[]): number {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || last.atMs === first.atMs) return 0;
  return ((last.finished - first.finished) * 1_000) / (last.atMs - first.atMs);
}
