import { plural } from '@/lib/format.ts';

/** "2 of at most 8 attempts": what may be made is not what was made. */
export const attemptsMade = (made: number, allowed: number): string =>
  made < allowed ? `${made} of at most ${plural(allowed, 'attempt')}` : plural(made, 'attempt');
