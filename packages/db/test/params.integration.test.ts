import { UnstorableError } from '@counterstep/saga-core/participant';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines } from '../src/tx/index.ts';
import { openPools, type TestPools } from './pools.ts';

let pools: TestPools;

beforeAll(async () => {
  pools = await openPools('params-test');
});
afterAll(() => pools.stop());

/** Whatever a column of text can hold: all but U+0000, and half a pair becomes U+FFFD on its way. */
const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
const json = fc.jsonValue({
  stringUnit: fc.constantFrom('"', '\\', 'u', '0', '\n', 'é', '😀', 'x'),
});

describe('parameters', () => {
  it('bring texts as they are, whatever stands in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text)), async (values) => {
        const rows = await pools.pool.query<{ value: string | null }>(
          'select value from unnest($1::text[]) with ordinality as t (value, n) order by n',
          [values],
        );
        expect(rows.map(({ value }) => value)).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });

  it('bring JSON line by line, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(json), async (values) => {
        const rows = await pools.pool.query<{ value: unknown }>(
          `select value::json as value, value::json ->> 'x'
             from unnest(string_to_array($1, E'\\n')) with ordinality as t (value, n) order by n`,
          [jsonLines(values)],
        );
        expect(rows.map(({ value }) => value)).toEqual(values.map(asRead));
      }),
      { numRuns: 200 },
    );
  });

  it.each(['\0', 'a\0', '\\\0', '\uD800', '\uDC00x', '\\\\\uDFFF'])(
    'refuse %j in JSON, which nobody could look into',
    (value) => {
      expect(() => jsonLines([1, { value }])).toThrow(UnstorableError);
    },
  );

  it.each(['\\u0000', '\\\\u0000', '\\ud800', '\u2028', '😀'])(
    'take %j, which only looks like it',
    (value) => {
      expect(JSON.parse(jsonLines([value]))).toBe(value);
    },
  );
});

/** There is no minus zero in JSON. */
const asRead = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
