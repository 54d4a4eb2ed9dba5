import { setTimeout as sleep } from 'node:timers/promises';
import type { APIRequestContext } from '@playwright/test';
import { mutate, query } from './api.ts';

interface Trip {
  readonly tripId: string;
  readonly traveller: string;
  readonly city: string;
  readonly nights: number;
  readonly budget: number;
}

export const trip = (change: Partial<Trip> = {}): Trip => ({
  tripId: `trip-${crypto.randomUUID().slice(0, 8)}`,
  traveller: 'ann',
  city: 'Porto',
  nights: 3,
  budget: 900_000,
  ...change,
});

export async function startTrip(
  request: APIRequestContext,
  change: Partial<Trip> = {},
): Promise<{ sagaId: string; duplicate: boolean }> {
  const started = await mutate(request, 'sagas.start', { definition: 'trip', input: trip(change) });
  const body = (await started.json()) as {
    result: { data: { sagaId: string; duplicate: boolean } };
  };
  return body.result.data;
}

const answeredWithinMs = 20_000;
const lookEveryMs = 20;

/**
 * Pauses a waiting saga and lets it go on, which appends to its log. Both are letters that a worker reads:
 * the next one is sent when this one has had its effect.
 */
export async function pauseAndResume(request: APIRequestContext, sagaId: string): Promise<void> {
  for (const [procedure, paused] of [
    ['sagas.pause', true],
    ['sagas.resume', false],
  ] as const) {
    const answer = await mutate(request, procedure, { sagaId, reason: 'a change to be seen' });
    if (!answer.ok()) throw new Error(`${procedure}: ${await answer.text()}`);
    const deadline = Date.now() + answeredWithinMs;
    while ((await query<{ paused: boolean }>(request, 'sagas.get', { sagaId })).paused !== paused) {
      if (Date.now() > deadline) throw new Error(`${procedure} has had no effect`);
      await sleep(lookEveryMs);
    }
  }
}
