import { randomUUID } from 'node:crypto';
import { evolve, initialState, type SagaState } from '@counterstep/saga-core/machine';
import { describe, expect, it } from 'vitest';
import { claimNew, claimOne } from './claim-one.ts';
import { intent, type StoreHarness, success, writeOf } from './harness.ts';

const written = { kind: 'written', mailWaiting: false };
const lost = { kind: 'lost' };

export function writesContract(current: () => StoreHarness): void {
  describe('a write', () => {
    it('appends its events without a gap and moves the row with them', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const store = current().store(workerId);
      const first = writeOf(saga, [intent('hotel')]);
      expect(await store.write([first])).toEqual([written]);
      const pause = { type: 'SagaPaused', data: { reason: 'lunch' } } as const;
      const second = [success('hotel'), pause].map((event) => ({ ...event, actor: 'contract' }));
      const state = second.reduce<SagaState>(evolve, first.state);
      const next = { ...first, baseSeq: 2, events: second, state };
      expect(await store.write([next])).toEqual([written]);
      const { log, ...row } = await current().read(saga.sagaId);
      expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
      const folded = log.reduce<SagaState>(evolve, initialState);
      expect(row).toMatchObject({ status: folded.phase.status, seq: folded.seq, paused: true });
      expect(row.owner).toBe(workerId);
    });

    it('of somebody who has lost the saga changes nothing, and its neighbours are written', async () => {
      const zombie = randomUUID();
      const given = await claimNew(current(), zombie);
      await current().reap(zombie);
      const owner = randomUUID();
      await claimOne(current(), owner);
      const kept = await claimNew(current(), zombie);
      const writes = [writeOf(given, [intent('hotel')]), writeOf(kept, [intent('hotel')])];
      expect(await current().store(zombie).write(writes)).toEqual([lost, written]);
      expect(await current().read(given.sagaId)).toMatchObject({ seq: 1, owner });
      expect(await current().read(kept.sagaId)).toMatchObject({ seq: 2 });
    });

    it('under an older fence changes nothing, even by the worker that owns the saga again', async () => {
      const workerId = randomUUID();
      const before = await claimNew(current(), workerId);
      await current().reap(workerId);
      await claimOne(current(), workerId);
      const write = writeOf(before, [intent('hotel')]);
      expect(await current().store(workerId).write([write])).toEqual([lost]);
      expect(await current().read(before.sagaId)).toMatchObject({ seq: 1 });
    });

    it('that builds on an older sequence changes nothing', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const store = current().store(workerId);
      await store.write([writeOf(saga, [intent('hotel'), success('hotel')])]);
      expect(await store.write([writeOf(saga, [intent('hotel')])])).toEqual([lost]);
      expect(await current().read(saga.sagaId)).toMatchObject({ seq: 3 });
    });

    it('that is sent again after its reply was lost finds itself written, once', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const write = writeOf(saga, [intent('hotel')]);
      const store = current().store(workerId);
      expect(await store.write([write])).toEqual([written]);
      expect(await store.write([write])).toEqual([written]);
      const { log } = await current().read(saga.sagaId);
      expect(log.map(({ type }) => type)).toEqual(['SagaAccepted', 'StepDispatched']);
    });

    it('that released the saga and is sent again finds itself written, too', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const write = writeOf(saga, [], { release: { runAt: await current().now() } });
      const store = current().store(workerId);
      expect(await store.write([write])).toEqual([written]);
      expect(await store.write([write])).toEqual([written]);
      await claimOne(current());
      expect(await store.write([write])).toEqual([lost]);
    });

    it('after the release of the saga changes nothing', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const store = current().store(workerId);
      await store.write([writeOf(saga, [intent('hotel')], { release: { runAt: null } })]);
      const late = { ...writeOf(saga, [success('hotel')]), baseSeq: 2 };
      expect(await store.write([late])).toEqual([lost]);
      expect(await current().read(saga.sagaId)).toMatchObject({ seq: 2, owner: null });
    });

    it.each(['half of a pair: \ud800', 'nothing: \u0000'])(
      'that can never be stored fails alone (%j)',
      async (text) => {
        const workerId = randomUUID();
        const culprit = await claimNew(current(), workerId);
        const neighbour = await claimNew(current(), workerId);
        const results = await current()
          .store(workerId)
          .write([
            writeOf(culprit, [intent('hotel', text)]),
            writeOf(neighbour, [intent('hotel')]),
          ]);
        expect(results.map(({ kind }) => kind)).toEqual(['unstorable', 'written']);
        expect(await current().read(culprit.sagaId)).toMatchObject({ seq: 1, owner: workerId });
      },
    );
  });
}
