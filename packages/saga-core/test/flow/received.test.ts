import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { event, EventError, readEvent } from '../../src/choreography/index.ts';

const line = z.strictObject({ sku: z.string(), quantity: z.int().min(1) });
const placed = event({
  type: 'OrderPlaced',
  service: 'order',
  version: 2,
  data: z.strictObject({ lines: z.array(line), note: z.string().default('none') }),
});
const message = { type: 'OrderPlaced', version: 2, service: 'order', data: { lines: [] } };

function refusal(change: object): EventError {
  try {
    readEvent(placed, { ...message, ...change });
  } catch (error) {
    if (error instanceof EventError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

describe('a message that is received', () => {
  it('gives the data of its contract, typed', () => {
    const data = { lines: [{ sku: 'MUG', quantity: 2 }] };
    expect(readEvent(placed, { ...message, data }).lines[0]?.quantity).toBe(2);
    expect(readEvent(placed, message).note).toBe('none');
  });

  it('of another version is refused, with both versions in the sentence', () => {
    const { code, message: said } = refusal({ version: 1 });
    expect(code).toBe('UNKNOWN_VERSION');
    expect(said).toBe(
      'OrderPlaced came from "order" in version 1; the code that reads it knows version 2 of "order".',
    );
  });

  it('with data that does not fit is refused by the path of each member', () => {
    const { code, message: said } = refusal({
      data: {
        lines: [
          { sku: 'MUG', quantity: 0 },
          { sku: 7, quantity: 1 },
        ],
      },
    });
    expect(code).toBe('BAD_DATA');
    expect(said).toContain('data.lines[0].quantity: ');
    expect(said).toContain('data.lines[1].sku: ');
    expect(refusal({ data: null }).message).toContain('data: ');
  });

  it('of another event is refused', () => {
    expect(refusal({ type: 'OrderLost' }).code).toBe('UNKNOWN_TYPE');
  });
});
