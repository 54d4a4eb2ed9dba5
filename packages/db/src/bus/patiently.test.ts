import { once } from 'node:events';
import { expect, it } from 'vitest';
import { patiently } from './patiently.ts';

interface Asked {
  readonly answer: (text: string) => void;
  readonly fail: (error: Error) => void;
}

/** Somebody who is answered by hand; `late` tells of answers that were no longer waited for. */
function setUp(ms: number) {
  const asked: Asked[] = [];
  const late = new EventTarget();
  const ask = patiently(
    () => new Promise<string>((answer, fail) => void asked.push({ answer, fail })),
    { ms, meanwhile: 'nothing', onLate: () => late.dispatchEvent(new Event('late')) },
  );
  return { ask, asked, late };
}

it('gives what comes in time, and asks anew', async () => {
  const { ask, asked } = setUp(60_000);
  const first = ask();
  asked[0]?.answer('one');
  expect(await first).toBe('one');
  const second = ask();
  asked[1]?.fail(new Error('refused'));
  await expect(second).rejects.toThrow('refused');
  expect(asked).toHaveLength(2);
});

it('waits for the silent once, and gives their answer when it has come', async () => {
  const { ask, asked, late } = setUp(1);
  expect(await ask()).toBe('nothing');
  expect(await ask()).toBe('nothing');
  expect(asked).toHaveLength(1);
  const told = once(late, 'late');
  asked[0]?.answer('one');
  await told;
  expect(await ask()).toBe('one');
  expect(asked).toHaveLength(1);
});

it('tells of a late failure when it is asked again', async () => {
  const { ask, asked, late } = setUp(1);
  expect(await ask()).toBe('nothing');
  const told = once(late, 'late');
  asked[0]?.fail(new Error('lost'));
  await told;
  await expect(ask()).rejects.toThrow('lost');
  void ask();
  expect(asked).toHaveLength(2);
});
