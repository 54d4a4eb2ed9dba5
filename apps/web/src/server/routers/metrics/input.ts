import { z } from 'zod';

export const windowInput = z.strictObject({
  window: z.enum(['15m', '1h', '24h'], 'choose one of 15m, 1h and 24h'),
});
