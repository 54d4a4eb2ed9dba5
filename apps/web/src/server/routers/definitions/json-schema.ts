import { z } from 'zod';

/** What a sender may write, as JSON Schema; whatever has no such form becomes "anything". */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
