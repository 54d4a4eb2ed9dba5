import { describe, expect, it } from 'vitest';
import { createClaimFloor } from '../src/store/claim-floor.ts';

function floorAt(startMs = 0) {
  let nowMs = startMs;
  return { floor: createClaimFloor(() => nowMs), pass: (ms: number) => (nowMs += ms) };
}

describe('where a claim begins to look', () => {
  it('is the whole table at first, then a second before where the last one ended', () => {
    const { floor, pass } = floorAt();
    expect(floor.next()).toBeNull();
    floor.reached(50_000, false);
    pass(10);
    expect(floor.next()).toBe(49_000);
  });

  it('stays the whole table while nothing has been claimed', () => {
    const { floor } = floorAt();
    floor.next();
    floor.reached(null, false);
    expect(floor.next()).toBeNull();
  });

  it('is the whole table again once a second', () => {
    const { floor, pass } = floorAt();
    floor.next();
    floor.reached(50_000, false);
    pass(999);
    expect(floor.next()).toBe(49_000);
    pass(1);
    expect(floor.next()).toBeNull();
    pass(999);
    expect(floor.next()).toBe(49_000);
  });

  it('goes back for a backlog that a full look has met, and not for a single straggler', () => {
    const { floor } = floorAt();
    floor.next();
    floor.reached(50_000, false);
    floor.reached(20_000, false);
    expect(floor.next()).toBe(49_000);
    floor.reached(20_000, true);
    expect(floor.next()).toBe(19_000);
  });
});
