import { platform } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { growthOf, watchMemory } from './resident.ts';

const course = (of: (minute: number) => number) =>
  Array.from({ length: 11 }, (_, x) => ({ x, y: of(x) }));

test('caches that fill at the beginning are no growth', () => {
  const { mbPerMinute, medianMb } = growthOf(course((minute) => (minute < 2 ? 50 : 100)));
  expect(mbPerMinute).toBe(0);
  expect(medianMb).toBe(100);
});

test('what grows until the end is', () => {
  const { mbPerMinute, mostMb } = growthOf(course((minute) => 100 + minute * 3));
  expect(mbPerMinute).toBeCloseTo(3, 10);
  expect(mostMb).toBe(130);
});

/** Above the largest that Linux gives to a process. */
const nobody = 4_194_305;

// Only Linux has /proc.
describe.skipIf(platform() !== 'linux')('watching', () => {
  test('takes a sample of each process, however short the time', async () => {
    const pids = { worker: process.pid, dashboard: process.pid };
    const { worker, dashboard } = await watchMemory(pids, Promise.resolve());
    expect([worker, dashboard]).toEqual([[expect.anything()], [expect.anything()]]);
    expect(worker[0]?.y).toBeGreaterThan(10);
  });

  test('says which process has ended, and leaves no rejection behind when its load fails too', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      let fail: (error: Error) => void = () => undefined;
      const load = new Promise<never>((_, reject) => (fail = reject));
      const watched = watchMemory({ worker: process.pid, dashboard: nobody }, load);
      await expect(watched).rejects.toThrow(`The dashboard, process ${nobody}, ended`);
      fail(new Error('The desk is closed.'));
      await setImmediate();
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
