import { exploreCrashPoints } from '@counterstep/testkit/explore';
import { refuses, scenario, staysSilent, succeeds } from '@counterstep/testkit/scenario';
import { describe, expect, it } from 'vitest';
import { tripSaga } from '../src/trip.ts';

const input = { tripId: 't-1', traveller: 'ann', city: 'Lisbon', nights: 2, budget: 100_000 };
const trip = scenario(tripSaga).given(input);
const hour = 3_600_000;

const booking = (price: number) => succeeds({ reference: 'R', price });
const booked = trip.when({
  flight: booking(40_000),
  hotel: booking(20_000),
  car: booking(8_000),
});
const approved = booked.signal('approval', { approvedBy: 'bob', approved: true });

describe('a trip', () => {
  it('books at once, waits for its approval, and pays after a moment', () => {
    const story = approved.ends();
    expect(story.status).toBe('completed');
    expect(story.calls).toEqual(['flight', 'hotel', 'car', 'pay', 'itinerary']);
    expect(story.elapsedMs).toBe(3_000);
  });

  it('cancels what it has booked when there is no car', () => {
    const story = booked.when({ car: refuses('NO_CAR') }).ends();
    expect(story.status).toBe('compensated');
    expect(story.calls.slice(3).toSorted()).toEqual(['flight:undo', 'hotel:undo']);
  });

  it('cancels also what may have been booked', () => {
    const story = booked.when({ hotel: staysSilent() }).ends();
    expect(story.calls).toContain('hotel:undo');
    expect(story.status).toBe('compensated');
  });

  it('is given up when nobody approves it within eight hours', () => {
    const story = booked.ends();
    expect(story.status).toBe('compensated');
    expect(story.elapsedMs).toBe(8 * hour);
  });

  it('may be called off until it is paid for', () => {
    expect(approved.cancel({ afterMs: 1_000 }).ends().status).toBe('compensated');
    expect(approved.cancel({ during: 'itinerary' }).ends().status).toBe('completed');
  });

  it('is paid for at most once, and waits for a person when nobody can say whether it was', () => {
    const silent = approved.when({ pay: staysSilent() });
    expect(silent.ends().status).toBe('stuck');
    const story = silent.operator({ action: 'settle', as: 'done' }).ends();
    expect(story.calls.at(-1)).toBe('itinerary');
    // An operator's word is all there is, and the saga's end says so.
    expect(story.status).toBe('resolved');
  });
});

it('survives the end of its worker, and lost replies, at every call', async () => {
  const approval = { approvedBy: 'bob', approved: true };
  const found = await exploreCrashPoints({
    definition: tripSaga,
    input,
    world: () => ({
      letters: [{ kind: 'signal', signal: 'approval', payload: approval, afterMs: 500 }],
    }),
  });
  expect(found.failures).toEqual([]);
  expect(found.status).toBe('completed');
  expect(found.points).toBeGreaterThan(50);
});
