import { expect, it } from 'vitest';
import { isSingleKey, type ShortcutId, shortcutOf, shortcuts } from './shortcuts.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrl' | 'meta' | 'alt' | 'shift', true>> = {},
) => ({
  key,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  altKey: held.alt ?? false,
  shiftKey: held.shift ?? false,
});

it('opens the palette with Ctrl or ⌘, and never with K alone', () => {
  expect(shortcutOf(press('k', { ctrl: true }), 'anywhere')).toBe('palette');
  expect(shortcutOf(press('K', { meta: true }), 'anywhere')).toBe('palette');
  expect(shortcutOf(press('k'), 'anywhere')).toBeUndefined();
  expect(shortcutOf(press('k'), 'sagas')).toBe('rowUp');
});

it('leaves to the browser what is pressed with a modifier', () => {
  for (const held of [{ ctrl: true }, { meta: true }, { alt: true }] as const) {
    expect(shortcutOf(press('n', held), 'anywhere')).toBeUndefined();
    expect(shortcutOf(press('r', held), 'sagas')).toBeUndefined();
  }
});

it('tells X from Shift X, and takes a sign with Shift or without', () => {
  expect(shortcutOf(press('x'), 'sagas')).toBe('choose');
  expect(shortcutOf(press('X', { shift: true }), 'sagas')).toBe('chooseUpTo');
  expect(shortcutOf(press('?', { shift: true }), 'anywhere')).toBe('sheet');
  expect(shortcutOf(press('?'), 'anywhere')).toBe('sheet');
});

it('gives no key of one place to two shortcuts', () => {
  const used = Object.values(shortcuts).map(({ where, keys }) => `${where} ${keys.join(' ')}`);
  expect(new Set(used).size).toBe(used.length);
});

it('switches off what is one key, and nothing else', () => {
  const ids = Object.keys(shortcuts) as ShortcutId[];
  expect(ids.filter(isSingleKey)).toEqual([
    'find',
    'order',
    'sheet',
    'rowDown',
    'rowUp',
    'choose',
    'chooseUpTo',
    'retry',
    'skip',
  ]);
});
