import { serviceNames } from '@counterstep/services/services';
import { z } from 'zod';
import { sagaId, text } from '../../schemas.ts';

export const service = z.enum(serviceNames);

const word = text.min(1).max(200);
const yearMs = 365 * 24 * 3_600_000;

/** Which dead letters; absent fields let all pass. */
export const deadLetterFilter = z.strictObject({
  type: word.optional(),
  step: word.optional(),
  code: word.optional(),
  sagaId: sagaId.optional(),
  olderThanMs: z.int().min(0).max(yearMs).optional(),
});
