import { expect, it } from 'vitest';
import { Dirty } from './dirty.ts';

it('coalesces changes of one saga', () => {
  const dirty = new Dirty();
  for (const id of ['a', 'b', 'a', 'a']) dirty.add(id);
  expect(dirty.take()).toEqual(['a', 'b']);
  expect(dirty.size).toBe(0);
});

it('keeps for later frames what one frame cannot carry', () => {
  const dirty = new Dirty();
  for (let id = 0; id < 250; id += 1) dirty.add(String(id));
  expect([dirty.take().length, dirty.take().length, dirty.take().length]).toEqual([100, 100, 50]);
  expect(dirty.takeOverflow()).toBe(false);
});

it('forgets past its bound, and says so once', () => {
  const dirty = new Dirty();
  for (let id = 0; id < 5_001; id += 1) dirty.add(String(id));
  expect(dirty.size).toBe(1);
  expect(dirty.takeOverflow()).toBe(true);
  expect(dirty.takeOverflow()).toBe(false);
});
