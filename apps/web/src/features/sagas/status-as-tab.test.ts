import { expect, it } from 'vitest';
import { addressWithTab } from './status-as-tab.ts';

it('leads a status to the tab of that name and keeps the rest', () => {
  expect(addressWithTab({ status: 'stuck' })).toBe('/sagas?tab=stuck');
  expect(addressWithTab({ status: 'completed', search: 'mill & co', x: ['1', '2'] })).toBe(
    '/sagas?tab=completed&search=mill+%26+co&x=1&x=2',
  );
});

it.each([
  {},
  { status: 'running' },
  { status: ['stuck', 'completed'] },
  { status: 'stuck', tab: 'all' },
])('leaves %j as it is', (given) => {
  expect(addressWithTab(given)).toBeUndefined();
});
