import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { skeletonOf } from './skeleton.ts';

const skeletonFor = (schema: z.ZodType) => skeletonOf(z.toJSONSchema(schema, { io: 'input' }));

describe('skeletonOf', () => {
  it('is something that its own schema takes', () => {
    const schema = z.object({
      tripId: z.string().min(1),
      nights: z.int().min(1).max(60),
      budget: z.int().positive(),
      class: z.enum(['first', 'second']),
      stops: z.array(z.object({ city: z.string().min(1) })),
      note: z.string().nullable(),
      quick: z.boolean(),
    });
    expect(schema.safeParse(skeletonFor(schema)).error).toBeUndefined();
  });

  it('names an approver, and gives each id a value of its own', () => {
    const schema = z.object({ approvedBy: z.string(), orderId: z.string() });
    expect(skeletonFor(schema)).toMatchObject({ approvedBy: 'operator' });
    expect(skeletonFor(schema)).not.toEqual(skeletonFor(schema));
  });

  it('leaves open what the schema leaves open', () => {
    expect(skeletonFor(z.unknown())).toBeNull();
    expect(skeletonOf(undefined)).toBeNull();
  });
});
