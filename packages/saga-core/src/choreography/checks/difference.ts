import { z } from 'zod';
import { canonicalJson } from '../../participant/index.ts';
import type { Json } from '../../participant/index.ts';
import type { EventContract } from '../message.ts';

/** What tells two contracts of one type apart, in words; undefined when they say the same. */
export function differenceOf(a: EventContract, b: EventContract): string | undefined {
  if (a.service !== b.service) return `by "${a.service}" and by "${b.service}"`;
  if (a.version !== b.version) return `as version ${a.version} and as version ${b.version}`;
  return a.data === b.data || shapeOf(a) === shapeOf(b)
    ? undefined
    : `as version ${a.version} with two different shapes of data`;
}

/** Comparable text; what has no JSON Schema, a refinement for instance, is left out of it. */
function shapeOf({ data }: EventContract): string {
  return canonicalJson(z.toJSONSchema(data, { io: 'input', unrepresentable: 'any' }) as Json);
}
