import type { APIRequestContext } from '@playwright/test';
import { mutate } from './api.ts';

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
