import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sharedRead } from './shared-read.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Reads that end when they are told to, and answer with their number. */
function reads() {
  const open: Pending[] = [];
  const read = () =>
    new Promise<number>((resolve, reject) => {
      const number = open.length + 1;
      open.push({ end: () => resolve(number), fail: () => reject(new Error('no answer')) });
    });
  return { open, read };
}

interface Pending {
  readonly end: () => void;
  readonly fail: () => void;
}

it('never reads twice at once, however long it takes and whoever asks', async () => {
  const { open, read } = reads();
  const shared = sharedRead(read, { freshMs: 100 });
  const asked = [shared()];
  vi.advanceTimersByTime(60_000);
  asked.push(shared());
  expect(open).toHaveLength(1);
  open[0]?.end();
  expect(await Promise.all(asked)).toEqual([1, 1]);
});

it('begins anew after what is under way, once for all who ask before it begins', async () => {
  const { open, read } = reads();
  const shared = sharedRead(read, { freshMs: 1_000 });
  const first = shared();
  const second = [shared.anew(), shared.anew()];
  expect(open).toHaveLength(1);
  open[0]?.end();
  expect(await first).toBe(1);
  await vi.advanceTimersByTimeAsync(0);
  expect(open).toHaveLength(2);
  const third = shared.anew();
  open[1]?.end();
  expect(await Promise.all(second)).toEqual([2, 2]);
  await vi.advanceTimersByTimeAsync(0);
  open[2]?.end();
  expect(await third).toBe(3);
});

it('begins anew after one that failed, too', async () => {
  const { open, read } = reads();
  const shared = sharedRead(read, { freshMs: 1_000 });
  const first = shared();
  const second = shared.anew();
  open[0]?.fail();
  await expect(first).rejects.toThrow('no answer');
  await vi.advanceTimersByTimeAsync(0);
  open[1]?.end();
  expect(await second).toBe(2);
});

it('keeps an answer for twenty times what it took, within bounds', async () => {
  const { open, read } = reads();
  const shared = sharedRead(read, { freshMs: 1_000, restMaxMs: 60_000 });
  const first = shared();
  vi.advanceTimersByTime(2_000);
  open[0]?.end();
  await first;
  vi.advanceTimersByTime(37_900);
  expect(await shared()).toBe(1);
  vi.advanceTimersByTime(200);
  void shared();
  expect(open).toHaveLength(2);
});

it('reads anew when it is told to, though the answer is fresh', async () => {
  const { open, read } = reads();
  const shared = sharedRead(read, { freshMs: 1_000 });
  const first = shared();
  open[0]?.end();
  await first;
  const second = shared.anew();
  open[1]?.end();
  expect(await second).toBe(2);
  expect(await shared()).toBe(2);
});

it('does not keep a failure', async () => {
  const { open, read } = reads();
  const shared = sharedRead(read, { freshMs: 1_000 });
  const first = shared();
  open[0]?.fail();
  await expect(first).rejects.toThrow('no answer');
  const second = shared();
  open[1]?.end();
  expect(await second).toBe(2);
});
