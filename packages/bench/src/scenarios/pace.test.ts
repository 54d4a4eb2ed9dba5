import { expect, test } from 'vitest';
import { atPace, type Pace } from './pace.ts';

/** Does the pieces on a clock that nobody waits for; the work of a piece takes that long. */
async function run(pace: Pace, workMs: (from: number) => number) {
  let nowMs = 5_000;
  const begun: number[] = [];
  const pieces: (readonly [number, number])[] = [];
  const reached = await atPace(
    pace,
    (from, to) => {
      begun.push(nowMs - 5_000);
      pieces.push([from, to]);
      nowMs += workMs(from);
    },
    {
      now: () => nowMs,
      sleep: (ms) => {
        nowMs += ms;
        return Promise.resolve();
      },
    },
  );
  return { begun, pieces, reached };
}

const pace: Pace = { count: 10, perSecond: 20, atOnce: 2 };

test('the time of the work is not added to the distance', async () => {
  const { begun, reached } = await run(pace, () => 70);
  expect(begun).toEqual([0, 100, 200, 300, 400]);
  expect(reached).toBe(20);
});

test('what was late is made up for', async () => {
  const { begun, reached } = await run(pace, (from) => (from === 0 ? 250 : 10));
  expect(begun).toEqual([0, 250, 260, 300, 400]);
  expect(reached).toBe(20);
});

test('a pace that cannot be kept is not said to have been', async () => {
  const { reached } = await run(pace, () => 200);
  expect(reached).toBe(10);
});

test('the last pieces are those that are left', async () => {
  const { pieces, reached } = await run({ ...pace, count: 5 }, () => 0);
  expect(pieces).toEqual([
    [0, 2],
    [2, 4],
    [4, 5],
  ]);
  expect(reached).toBe(20);
});
