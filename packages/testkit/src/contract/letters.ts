import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { claimNew, claimOne } from './claim-one.ts';
import { intent, type StoreHarness, writeOf } from './harness.ts';

const cancel = { kind: 'cancel', reason: 'no longer wanted' } as const;
const pause = { kind: 'pause', reason: 'wait a moment' } as const;
const mail = { kind: 'mail' };

export function lettersContract(current: () => StoreHarness): void {
  describe('a letter', () => {
    it('is read in the order of sending, with its position and time', async () => {
      const saga = await claimNew(current());
      await current().sendLetter(saga.sagaId, pause);
      await current().sendLetter(saga.sagaId, cancel);
      const store = current().store(randomUUID());
      const letters = await store.readMail(saga.sagaId, 0);
      expect(letters).toMatchObject([
        { position: 1, ...pause },
        { position: 2, ...cancel },
      ]);
      expect(letters.every(({ at, actor }) => Date.parse(at) > 0 && actor !== '')).toBe(true);
      expect(await store.readMail(saga.sagaId, 1)).toMatchObject([{ position: 2 }]);
      expect(await store.readMail(saga.sagaId, 2)).toEqual([]);
    });

    it('that is a signal carries its name and its payload', async () => {
      const saga = await claimNew(current());
      const payload = { by: 'Ada', notes: [1, null, 'two'] };
      const signal = { kind: 'signal', signal: 'approval', payload } as const;
      await current().sendLetter(saga.sagaId, signal);
      const letters = await current().store(randomUUID()).readMail(saga.sagaId, 0);
      expect(letters).toMatchObject([{ position: 1, ...signal }]);
    });

    it('that waits stops the release of its saga', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      await current().sendLetter(saga.sagaId, cancel);
      const store = current().store(workerId);
      const release = { runAt: null };
      expect(await store.write([writeOf(saga, [intent('hotel')], { release })])).toEqual([mail]);
      expect(await current().read(saga.sagaId)).toMatchObject({ seq: 1, owner: workerId });
      const informed = writeOf(saga, [intent('hotel')], { release, mailRead: 1 });
      expect(await store.write([informed])).toEqual([{ kind: 'written', mailWaiting: false }]);
    });

    it('that waits stops a write that needs the mail read, and no other', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      await current().sendLetter(saga.sagaId, cancel);
      const store = current().store(workerId);
      const pivot = writeOf(saga, [intent('pay')], { needsMailRead: true });
      expect(await store.write([pivot])).toEqual([mail]);
      expect(await current().read(saga.sagaId)).toMatchObject({ seq: 1 });
      expect(await store.write([writeOf(saga, [intent('hotel')])])).toEqual([
        { kind: 'written', mailWaiting: true },
      ]);
    });

    it('makes a saga that nobody owns claimable, and the claim tells of it', async () => {
      const workerId = randomUUID();
      const saga = await claimNew(current(), workerId);
      const write = writeOf(saga, [intent('hotel')], { release: { runAt: null } });
      await current().store(workerId).write([write]);
      await current().sendLetter(saga.sagaId, cancel);
      const next = await claimOne(current());
      expect(next).toMatchObject({ sagaId: saga.sagaId, mailRead: 0, mailWaiting: true });
    });

    it('is announced to the owner of its saga alone, until it is read', async () => {
      const [owner, other] = [randomUUID(), randomUUID()];
      const saga = await claimNew(current(), owner);
      await claimNew(current(), other);
      await current().sendLetter(saga.sagaId, cancel);
      const store = current().store(owner);
      expect(await store.sagasWithMail()).toEqual([saga.sagaId]);
      expect(await current().store(other).sagasWithMail()).toEqual([]);
      await store.write([writeOf(saga, [intent('hotel')], { mailRead: 1 })]);
      expect(await store.sagasWithMail()).toEqual([]);
    });
  });
}
