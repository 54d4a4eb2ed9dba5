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
    expect(dueAt(at, 'utc', { now, withSeconds: false })).toBe('25 Nov 02:05');
    const later = '2027-11-24T02:05:00Z';
    expect(dueAt(later, 'utc', { now, withSeconds: false })).toBe('24 Nov 2027 02:05');
  });
});
