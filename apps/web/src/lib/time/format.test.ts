import { describe, expect, it } from 'vitest';
import { dueAt } from './format.ts';

const now = Date.parse('2026-11-24T18:30:00Z');

describe('dueAt', () => {
  it('leaves out the date of today', () => {
    const at = '2026-11-24T18:40:12.345Z';
    expect(dueAt(at, 'utc', { now, withSeconds: true })).toBe('18:40:12');
    expect(dueAt(at, 'utc', { now, withSeconds: false })).toBe('18:40');
  });

  it('names any other day', () => {
    const at = '2026-11-25T02:05:00Z';
    expect(dueAt(at, 'utc', { now, withSeconds: false })).toBe('2026-11-25 02:05');
  });
});
