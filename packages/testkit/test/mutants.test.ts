import type { SagaStore } from '@counterstep/saga-core/engine';
import { describe, expect, it } from 'vitest';
import type { StoreOf } from '../src/cluster/index.ts';
import { type Effect, memoryStore } from '../src/memory/index.ts';
import { simulate, type SimulateOptions } from '../src/simulate/index.ts';

const seedsMax = 60;

/** All the promises that are broken under the seeds it takes to break the one that is looked for. */
async function brokenBy(
  mutant: Partial<SimulateOptions>,
  lookedFor: string,
): Promise<ReadonlySet<string>> {
  const broken = new Set<string>();
  for (let seed = 1; seed <= seedsMax && !broken.has(lookedFor); seed += 1) {
    const { violations } = await simulate({ seed, ...mutant });
    for (const { invariant } of violations) broken.add(invariant);
  }
  return broken;
}

/** A store that is the one in memory, but for what is said. */
const storeBut =
  (change: (store: SagaStore, ...args: Parameters<StoreOf>) => Partial<SagaStore>): StoreOf =>
  (database, workerId) => {
    const store = memoryStore(database, workerId);
    return { ...store, ...change(store, database, workerId) };
  };

/** A barrier that does not keep some of its rows. */
const barrierWithout = (drops: (effect: Effect) => boolean): Partial<SimulateOptions> => ({
  prepare({ services: { barrier } }) {
    const set = barrier.effects.set.bind(barrier.effects);
    barrier.effects.set = (key, effect) => (drops(effect) ? barrier.effects : set(key, effect));
  },
});

describe('the simulation finds', { timeout: 60_000 }, () => {
  it('a barrier that forgets what it has done', async () => {
    const forgetful = barrierWithout(({ outcome }) => outcome === 'applied');
    expect(await brokenBy(forgetful, 'effectsHappenOnce')).toContain('effectsHappenOnce');
  });

  it('a barrier without tombstones', async () => {
    const open = barrierWithout(({ outcome }) => outcome === 'closed');
    expect(await brokenBy(open, 'nothingAfterItsUndo')).toContain('nothingAfterItsUndo');
  });

  it('a store that takes the writes of those who have lost the saga', async () => {
    const storeOf = storeBut((store, { tables }, workerId) => ({
      write(writes) {
        const forced = writes.map((write) => {
          const saga = tables.instances.get(write.sagaId);
          if (!saga) return write;
          saga.owner = workerId;
          return { ...write, fence: saga.fence, baseSeq: saga.seq };
        });
        return store.write(forced);
      },
    }));
    expect(await brokenBy({ storeOf }, 'rowIsFoldOfLog')).toContain('rowIsFoldOfLog');
  });

  it('a store that says "written" before it has written', async () => {
    const storeOf = storeBut((store, { sim }) => ({
      write(writes) {
        sim.later(20, 'commit', () => void store.write(writes));
        return Promise.resolve(writes.map(() => ({ kind: 'written', mailWaiting: false })));
      },
    }));
    expect(await brokenBy({ storeOf }, 'intentComesFirst')).toContain('intentComesFirst');
  });

  it('a store that lets go of sagas though letters wait', async () => {
    const storeOf = storeBut((store, { tables }) => ({
      write(writes) {
        const deaf = writes.map((write) => {
          const received = tables.instances.get(write.sagaId)?.mailReceived ?? 0;
          return write.release ? { ...write, mailRead: received } : write;
        });
        return store.write(deaf);
      },
    }));
    expect(await brokenBy({ storeOf }, 'lettersAreReadOnce')).toContain('lettersAreReadOnce');
  });

  it('a store that loses what it has claimed', async () => {
    const storeOf = storeBut((store, { sim, tables }) => ({
      async claim(limit, keys, begin) {
        const claimed = await store.claim(limit, keys, begin);
        if (!sim.random.chance(0.05)) return claimed;
        for (const { sagaId } of claimed) {
          const saga = tables.instances.get(sagaId);
          if (saga) saga.owner = null;
        }
        return [];
      },
    }));
    expect(await brokenBy({ storeOf }, 'allEnd')).toContain('allEnd');
  });

  it('a store that drops an event', async () => {
    const storeOf = storeBut((store, { sim }) => ({
      write(writes) {
        const some = writes.map((write) =>
          write.events.length > 1 && sim.random.chance(0.05)
            ? { ...write, events: write.events.slice(1) }
            : write,
        );
        return store.write(some);
      },
    }));
    expect(await brokenBy({ storeOf }, 'rowIsFoldOfLog')).toContain('rowIsFoldOfLog');
  });
});
