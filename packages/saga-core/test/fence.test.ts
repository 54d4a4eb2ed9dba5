import { describe, expect, it } from 'vitest';
import { fenceServices } from '../src/engine/fence.ts';
import type { Clock } from '../src/engine/index.ts';
import type { Participant } from '../src/participant/index.ts';
import { orderLike } from './order-like.ts';

const clock: Clock = {
  now: () => '2026-01-01T00:00:00.000Z',
  after: (_ms, run) => {
    queueMicrotask(run);
    return () => undefined;
  },
  defer: (run) => run(),
};

const unused = () => Promise.reject(new Error('It is only fenced.'));

/** The services of `orderLike`; the parcel service fails so often before it answers. */
function services(failures: number) {
  const asked: string[] = [];
  const named = (name: string): [string, Participant] => [
    name,
    {
      execute: unused,
      close: unused,
      fence(_sagaId, epoch) {
        asked.push(`${name}#${epoch}`);
        const isAway =
          name === 'parcel' && asked.filter((a) => a === 'parcel#1').length <= failures;
        return isAway ? Promise.reject(new Error('away')) : Promise.resolve([]);
      },
    },
  ];
  return { asked, participants: new Map(['order', 'stock', 'payment', 'parcel'].map(named)) };
}

const request = {
  sagaId: 's',
  definition: orderLike,
  epoch: 1,
  random: () => 0.5,
  isMoot: () => false,
};

describe('fencing the services of a saga', () => {
  it('asks each of them, and one that is away for a moment again', async () => {
    const { asked, participants } = services(2);
    expect(await fenceServices({ participants, clock }, request)).toEqual([]);
    expect(asked.filter((a) => a !== 'parcel#1').toSorted()).toEqual([
      'order#1',
      'payment#1',
      'stock#1',
    ]);
  });

  it('gives up for now while one stays away: its saga must not hold a place meanwhile', async () => {
    const { asked, participants } = services(Infinity);
    expect(await fenceServices({ participants, clock }, request)).toBeUndefined();
    expect(asked.filter((a) => a === 'parcel#1')).toHaveLength(3);
  });
});
