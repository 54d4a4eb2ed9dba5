import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimNew, claimOne, keys } from './claim-one.ts';
import { intent, type StoreHarness, writeOf } from './harness.ts';

export function ownersContract(current: () => StoreHarness): void {
  describe('an owner', () => {
    it('that is declared dead loses its sagas at once, and they can be claimed', async () => {
      const dead = randomUUID();
      const saga = await claimNew(current(), dead);
      await current().reap(dead);
      const stored = await current().read(saga.sagaId);
      expect(stored.owner).toBeNull();
      expect(stored.fence).toBeGreaterThan(saga.fence);
      const write = writeOf(saga, [intent('hotel')]);
      expect(await current().store(dead).write([write])).toEqual([{ kind: 'lost' }]);
      expect((await claimOne(current())).sagaId).toBe(saga.sagaId);
    });

    it('gives back what it does not know it owns, when that is no claim on its way', async () => {
      const workerId = randomUUID();
      const store = current().store(workerId);
      const held = await claimNew(current(), workerId);
      const stray = await claimNew(current(), workerId);
      expect(await store.releaseStrays([held.sagaId])).toBe(0);
      await current().passes(6_000);
      expect(await store.releaseStrays([held.sagaId])).toBe(1);
      expect(await current().read(held.sagaId)).toMatchObject({ owner: workerId });
      expect((await claimOne(current())).sagaId).toBe(stray.sagaId);
      const write = writeOf(stray, [intent('hotel')]);
      expect(await store.write([write])).toEqual([{ kind: 'lost' }]);
    });

    it('takes nothing from others by giving back its own', async () => {
      const saga = await claimNew(current(), randomUUID());
      await current().passes(6_000);
      expect(await current().store(randomUUID()).releaseStrays([])).toBe(0);
      expect(await current().store(randomUUID()).claim(10, keys)).toEqual([]);
      expect((await current().read(saga.sagaId)).fence).toBe(saga.fence);
    });
  });
}
