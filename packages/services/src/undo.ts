import { type Call, RaceLostError } from '@counterstep/db/barrier';

/**
 * What a counter-step is to undo, as it was loaded. Loading comes before the barrier reads the effects,
 * so an action that commits in between is known as done while its rows were not seen.
 *
 * @throws RaceLostError then; the barrier runs the batch again
 */
export function visible<Found>(call: Call<unknown>, found: Found | undefined): Found {
  if (found !== undefined) return found;
  throw new RaceLostError(`What ${call.step} did for saga ${call.sagaId} is not visible.`);
}
