import { describe, expect, it } from 'vitest';
import { afterLoss, afterPoll, type LiveState, reconnectDelayMs } from './state.ts';

const live: LiveState = { phase: 'live', lagMs: 12 };
const lost = (before: LiveState, failures: number, now = 2_000) =>
  afterLoss(before, { failures, retryAt: now + 500, now });

describe('reconnectDelayMs', () => {
  it('doubles up to its bound, and never comes back at once', () => {
    const longest = [0, 1, 2, 3, 9].map((failures) => reconnectDelayMs(failures, 1));
    expect(longest).toEqual([250, 500, 1_000, 2_000, 5_000]);
    expect(reconnectDelayMs(0, 0)).toBe(125);
  });
});

describe('afterLoss', () => {
  it('keeps the moment from which what is shown is old', () => {
    const first = lost(live, 1, 2_000);
    expect(first).toEqual({ phase: 'reconnecting', retryAt: 2_500, since: 2_000 });
    expect(lost(first, 2, 9_000)).toMatchObject({ since: 2_000 });
    expect(lost(first, 5, 9_000)).toEqual({ phase: 'offline', since: 2_000 });
  });

  it('does not call offline what is being polled', () => {
    const polling: LiveState = { phase: 'polling', since: 7_000 };
    expect(lost(polling, 8, 9_000)).toBe(polling);
  });
});

describe('afterPoll', () => {
  const offline: LiveState = { phase: 'offline', since: 2_000 };

  it('is polling once an answer comes, as of that answer', () => {
    expect(afterPoll(offline, true, 5_000)).toEqual({ phase: 'polling', since: 5_000 });
    expect(afterPoll(offline, false, 5_000)).toEqual(offline);
  });

  it('is offline again when answers stop, as of the last one', () => {
    const polling: LiveState = { phase: 'polling', since: 5_000 };
    expect(afterPoll(polling, false, 9_000)).toEqual({ phase: 'offline', since: 5_000 });
  });

  it('leaves a stream that came back alone', () => {
    expect(afterPoll(live, true, 9_000)).toBe(live);
  });
});
