import { describe, expect, it } from 'vitest';
import { createBatcher } from '../src/engine/index.ts';

/** Batches that end when the test says so. */
function controlled(sizeMax = 100, inFlightMax = 1) {
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
});
