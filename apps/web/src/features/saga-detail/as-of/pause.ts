import { millisBetween } from '@/lib/time/format.ts';

/** Long enough to be seen, short enough to be waited for: a back-off of minutes says so in words. */
const pauseMsMin = 220;
const pauseMsMax = 1_500;

/** How long a replay stays at one event before the next. */
export const pauseBetween = (from: string, to: string): number =>
  Math.min(pauseMsMax, Math.max(pauseMsMin, millisBetween(from, to)));
