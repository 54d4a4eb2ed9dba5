import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { refreshSoon } from './refresh-soon.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('runs at once, then once more for all that was asked meanwhile', async () => {
  const refresh = vi.fn<() => Promise<unknown>>(() => Promise.resolve());
  for (let asked = 0; asked < 5; asked += 1) refreshSoon('saga', refresh);
  expect(refresh).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('goes on after a failed read', async () => {
  const refresh = vi.fn<() => Promise<unknown>>(() => Promise.reject(new Error('offline')));
  refreshSoon('other', refresh);
  await vi.advanceTimersByTimeAsync(1_000);
  refreshSoon('other', refresh);
  expect(refresh).toHaveBeenCalledTimes(2);
});
