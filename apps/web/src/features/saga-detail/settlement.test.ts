import { describe, expect, it } from 'vitest';
import { readJson, readSettlement } from './settlement.ts';

describe('readSettlement', () => {
  it('takes an output only for what was done, and only if there is one', () => {
    expect(readSettlement('done', ' ')).toEqual({ as: 'done' });
    expect(readSettlement('done', '{"a":1}')).toEqual({ as: 'done', output: { a: 1 } });
    expect(readSettlement('not-done', '{"a":1}')).toEqual({ as: 'not-done' });
  });

  it('says what is wrong with an output that is no JSON', () => {
    expect(readSettlement('done', '{a}')).toMatchObject({
      problem: expect.stringContaining('not JSON') as string,
    });
    expect(readJson('null')).toEqual({ value: null });
  });
});
