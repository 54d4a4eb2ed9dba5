import { describe, expect, it } from 'vitest';
import { createBatcher, type Linger } from '../src/engine/index.ts';

/** Batches that end when the test says so. */
function controlled(sizeMax = 100, inFlightMax = 1, linger?: Linger) {
  const batches: { items: readonly number[]; finish: () => void; fail: (error: Error) => void }[] =
    [];
  const waiters: (() => void)[] = [];
  const batcher = createBatcher<number, number>({
    run: (items) =>
      new Promise((resolve, reject) => {
        batches.push({
          items,
          finish: () => resolve(items.map((item) => item * 10)),
          fail: reject,
        });
        waiters.shift()?.();
      }),
    sizeMax,
    inFlightMax,
    ...(linger && { linger }),
  });
  const begun = async (index: number) => {
    while (!batches[index]) await new Promise<void>((resolve) => waiters.push(resolve));
    return batches[index];
  };
  return { batcher, batches, begun };
}

describe('the self-clocking batcher', () => {
  it('sends what one turn of the event loop added together', async () => {
    const { batcher, begun } = controlled();
    const results = Promise.all([batcher.add(1), batcher.add(2)]);
    const first = await begun(0);
    expect(first.items).toEqual([1, 2]);
    first.finish();
    expect(await results).toEqual([10, 20]);
  });

  it('gathers while a batch is under way, and goes on when it returns', async () => {
    const { batcher, batches, begun } = controlled();
    const one = batcher.add(1);
    const first = await begun(0);
    const others = Promise.all([batcher.add(2), batcher.add(3)]);
    expect(batcher.queued).toBe(2);
    first.finish();
    const second = await begun(1);
    expect(second.items).toEqual([2, 3]);
    second.finish();
    expect([await one, await others]).toEqual([10, [20, 30]]);
    expect(batches).toHaveLength(2);
  });

  it('keeps batches and concurrency within their bounds', async () => {
    const { batcher, batches, begun } = controlled(2, 2);
    const all = Promise.all([1, 2, 3, 4, 5].map((item) => batcher.add(item)));
    const second = await begun(1);
    expect(batches.map(({ items }) => items.length)).toEqual([2, 2]);
    second.finish();
    (await begun(2)).finish();
    batches[0]?.finish();
    expect(await all).toEqual([10, 20, 30, 40, 50]);
  });

  it('fails the items of a failed batch and no others', async () => {
    const { batcher, begun } = controlled(1, 1);
    const failing = batcher.add(1);
    const working = batcher.add(2);
    (await begun(0)).fail(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    (await begun(1)).finish();
    expect(await working).toBe(20);
  });

  describe('that lingers', () => {
    /** A clock that the test moves on. */
    function lingering() {
      let ring: (() => void) | undefined;
      const after = (_ms: number, run: () => void) => {
        ring = run;
        return () => (ring = undefined);
      };
      const control = controlled(100, 1, { from: 2, enough: () => 4, ms: 5, after });
      return { ...control, ring: () => ring?.(), isWaiting: () => ring !== undefined };
    }

    it('lets one item go at once, and what comes after it', async () => {
      const { batcher, begun, isWaiting } = lingering();
      const one = batcher.add(1);
      (await begun(0)).finish();
      const another = batcher.add(2);
      (await begun(1)).finish();
      expect([await one, await another]).toEqual([10, 20]);
      expect(isWaiting()).toBe(false);
    });

    it('waits for more after several, as long as it may', async () => {
      const { batcher, batches, begun, ring, isWaiting } = lingering();
      const first = Promise.all([batcher.add(1), batcher.add(2)]);
      (await begun(0)).finish();
      await first;
      const second = Promise.all([batcher.add(3), batcher.add(4)]);
      await new Promise(setImmediate);
      expect(isWaiting()).toBe(true);
      expect(batches).toHaveLength(1);
      ring();
      expect((await begun(1)).items).toEqual([3, 4]);
      batches[1]?.finish();
      expect(await second).toEqual([30, 40]);
    });

    it('goes before its time with enough, and once', async () => {
      const { batcher, batches, begun, ring, isWaiting } = lingering();
      const first = Promise.all([batcher.add(1), batcher.add(2)]);
      (await begun(0)).finish();
      await first;
      const second = Promise.all([3, 4, 5, 6].map((item) => batcher.add(item)));
      const sent = await begun(1);
      expect(sent.items).toEqual([3, 4, 5, 6]);
      expect(isWaiting()).toBe(false);
      ring();
      sent.finish();
      expect(await second).toEqual([30, 40, 50, 60]);
      expect(batches).toHaveLength(2);
    });
  });
});
