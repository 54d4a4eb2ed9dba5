import { describe, expect, it } from 'vitest';
import { retentionFrom } from '../src/retention/index.ts';

describe('the retention policy', () => {
  it.each([
    [{}, undefined],
    [{ RETENTION_DAYS: '' }, undefined],
    [{ RETENTION_MODE: 'archive' }, undefined],
    [{ RETENTION_DAYS: '30' }, { days: 30, mode: 'delete' }],
    [
      { RETENTION_DAYS: ' 0.5 ', RETENTION_MODE: 'archive' },
      { days: 0.5, mode: 'archive' },
    ],
  ])('of %j is %j', (env, policy) => {
    expect(retentionFrom(env)).toEqual(policy);
  });

  it.each(['0', '-1', 'thirty', '30d', 'NaN', 'Infinity', '1e9'])(
    'refuses RETENTION_DAYS=%s and says what it takes',
    (days) => {
      expect(() => retentionFrom({ RETENTION_DAYS: days })).toThrow(
        /^RETENTION_DAYS takes a number of days above 0 .* not "/,
      );
    },
  );

  it('refuses a mode that there is not, also when nothing is to be retired', () => {
    expect(() => retentionFrom({ RETENTION_MODE: 'Delete' })).toThrow(
      'RETENTION_MODE takes "delete" or "archive", not "Delete".',
    );
  });
});
