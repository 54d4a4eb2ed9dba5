import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, failureOf, hashOf, type Json, sanitise } from '../src/participant/index.ts';

const json = fc.jsonValue().map((value) => value as Json);

describe('canonical JSON', () => {
  it('is the same text whatever order keys were written in', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }] })).toBe('{"a":[{"c":3,"d":2}],"b":1}');
    expect(hashOf({ b: 1, a: 2 })).toBe(hashOf({ a: 2, b: 1 }));
  });

  it('reads back as the value it was made from', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('sanitising', () => {
  it('replaces what jsonb cannot store, in keys and values', () => {
    expect(sanitise({ 'a\u0000': ['b\u0000', '\ud800'] })).toEqual({
      'a\ufffd': ['b\ufffd', '\ufffd'],
    });
  });

  it('leaves everything else as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(text.isWellFormed() && !text.includes('\u0000'));
        expect(sanitise({ text })).toEqual({ text });
      }),
    );
  });

  it('keeps the code and message of an error and nothing else of it', () => {
    const error = Object.assign(new Error('gone'), { code: 'ECONNRESET', secret: 'x' });
    expect(failureOf(error, 'FALLBACK')).toEqual({ code: 'ECONNRESET', message: 'gone' });
    expect(failureOf('text', 'FALLBACK')).toEqual({ code: 'FALLBACK', message: 'text' });
  });
});
