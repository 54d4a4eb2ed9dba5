import { randomUUID } from 'node:crypto';
import { definitionKey } from '@counterstep/saga-core/definition';
import { describe, expect, it } from 'vitest';
import {
  contractInput,
  contractSaga,
  contractSagaWithDeadline,
  firstOf,
  intent,
  type StoreHarness,
  success,
  writeOf,
} from './harness.ts';
import { claimNew, claimOne, keys } from './claim-one.ts';

export function claimsContract(current: () => StoreHarness): void {
  describe('a claim', () => {
    it('gives every saga to exactly one of many workers', async () => {
      const { accept, store } = current();
      const ids = await accept(contractSaga, 40);
      const claims = await Promise.all(
        Array.from({ length: 4 }, () => store(randomUUID()).claim(15, keys)),
      );
      const rest = await store(randomUUID()).claim(40, keys);
      const claimed = [...claims.flat(), ...rest].map(({ sagaId }) => sagaId);
      expect(claimed.toSorted()).toEqual(ids.toSorted());
    });

    it('takes no more than there is room for', async () => {
      const { accept, store } = current();
      await accept(contractSaga, 5);
      expect(await store(randomUUID()).claim(3, keys)).toHaveLength(3);
    });

    it('leaves sagas whose definition or version the worker does not know', async () => {
      const { accept, store } = current();
      await accept(contractSaga, 1);
      expect(await store(randomUUID()).claim(10, ['contract@2', 'other@1'])).toEqual([]);
      expect(await store(randomUUID()).claim(10, keys)).toHaveLength(1);
    });

    it('raises the fence and names the owner', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const stored = await current().read(saga.sagaId);
      expect(stored).toMatchObject({ fence: saga.fence, owner: workerId, runAt: null });
      await current().reap(workerId);
      expect((await claimOne(current())).fence).toBeGreaterThan(saga.fence);
    });

    it('says all there is about a saga that has not begun, without its log', async () => {
      const saga = await claimNew(current());
      expect(saga).toMatchObject({
        definitionKey: 'contract@1',
        seq: 1,
        input: contractInput,
        deadlineAt: null,
        mailRead: 0,
        mailWaiting: false,
      });
      expect(saga.log).toBeUndefined();
    });

    it('brings the whole log of a saga that has begun', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const write = writeOf(saga, [intent('hotel'), success('hotel')]);
      await current().store(workerId).write([write]);
      await current().reap(workerId);
      const again = await claimOne(current());
      expect(again.log?.map(({ seq, type }) => [seq, type])).toEqual([
        [1, 'SagaAccepted'],
        [2, 'StepDispatched'],
        [3, 'StepSucceeded'],
      ]);
      expect(again.log?.[2]).toMatchObject({
        step: 'hotel',
        attempt: 1,
        actor: 'contract',
        data: { output: { step: 'hotel' }, duplicate: false },
      });
      expect(again.seq).toBe(3);
    });

    it('makes the first write of a new saga with it', async () => {
      const workerId = randomUUID();
      await current().accept(contractSaga, 2);
      const claimed = await current()
        .store(workerId)
        .claim(10, keys, (saga) => firstOf(saga));
      expect(claimed).toHaveLength(2);
      for (const saga of claimed) {
        expect(saga).toMatchObject({ hasBegun: true, seq: 1 });
        const { status, seq, owner, runAt, fence, log } = await current().read(saga.sagaId);
        expect({ status, seq, owner, runAt }).toEqual({
          status: 'running',
          seq: 2,
          owner: workerId,
          runAt: null,
        });
        expect(fence).toBe(saga.fence);
        expect(log.map((event) => event.type)).toEqual(['SagaAccepted', 'StepDispatched']);
        expect(log[1]).toMatchObject({ seq: 2, step: 'hotel', attempt: 1, actor: 'contract' });
        const next = writeOf({ ...saga, seq: 2 }, [success('hotel')]);
        expect(await current().store(workerId).write([next])).toMatchObject([{ kind: 'written' }]);
      }
    });

    it('asks for no first write where letters wait, nor of a saga that has begun', async () => {
      const { accept, reap, sendLetter, store } = current();
      const workerId = randomUUID();
      const [cancelled = '', begun = ''] = await accept(contractSaga, 2);
      const claimed = await store(workerId).claim(10, keys);
      const saga = claimed.find(({ sagaId }) => sagaId === begun);
      if (!saga) throw new Error('It was not claimed.');
      await store(workerId).write([writeOf(saga, [intent('hotel')])]);
      await reap(workerId);
      await sendLetter(cancelled, { kind: 'cancel', reason: 'Sold out.' });
      const asks: string[] = [];
      const again = await store(randomUUID()).claim(10, keys, ({ sagaId }) => {
        asks.push(sagaId);
        return undefined;
      });
      expect(again.map(({ sagaId }) => sagaId).toSorted()).toEqual([cancelled, begun].toSorted());
      expect(asks).toEqual([]);
    });

    it('takes a saga all the same whose first write is undecided, or cannot be kept', async () => {
      const { accept, read, store } = current();
      const [, undecided, unstorable] = await accept(contractSaga, 3);
      const claimed = await store(randomUUID()).claim(10, keys, (saga) => {
        if (saga.sagaId === undecided) return undefined;
        return firstOf(saga, saga.sagaId === unstorable ? '\u0000' : null);
      });
      expect(claimed).toHaveLength(3);
      for (const saga of claimed) {
        const { seq, owner } = await read(saga.sagaId);
        expect(owner).not.toBeNull();
        expect(seq).toBe(saga.hasBegun ? 2 : 1);
      }
    });

    it('brings the deadline that the saga was accepted with', async () => {
      const { accept, store, now, read } = current();
      const nowMs = Date.parse(await now());
      const [sagaId = ''] = await accept(contractSagaWithDeadline, 1);
      const key = definitionKey(contractSagaWithDeadline);
      const [saga] = await store(randomUUID()).claim(1, [key]);
      const deadlineMs = Date.parse(saga?.deadlineAt ?? '');
      expect(deadlineMs - nowMs).toBeGreaterThanOrEqual(60_000);
      expect(deadlineMs - nowMs).toBeLessThan(65_000);
      const [accepted] = (await read(sagaId)).log;
      expect(accepted?.data).toMatchObject({ deadlineAt: saga?.deadlineAt });
    });

    it('finds a released saga when its time has come, and not before', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const runAt = new Date(Date.parse(await current().now()) + 30_000).toISOString();
      const write = writeOf(saga, [intent('hotel')], { release: { runAt } });
      await current().store(workerId).write([write]);
      expect(await current().read(saga.sagaId)).toMatchObject({ owner: null, runAt });
      expect(await current().store(randomUUID()).claim(10, keys)).toEqual([]);
      await current().passes(29_000);
      expect(await current().store(randomUUID()).claim(10, keys)).toEqual([]);
      await current().passes(1_500);
      expect((await claimOne(current())).sagaId).toBe(saga.sagaId);
    });

    it('finds a saga no more that was released for good', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const write = writeOf(saga, [intent('hotel')], { release: { runAt: null } });
      await current().store(workerId).write([write]);
      await current().passes(3_600_000);
      expect(await current().store(randomUUID()).claim(10, keys)).toEqual([]);
      expect(await current().read(saga.sagaId)).toMatchObject({ owner: null, runAt: null });
    });
  });
}
