import { count } from '@/lib/format.ts';

/** "the first 8 of 14, among the last 100 orders": a list that is cut off says so. */
export function someOf(found: number, shownMax: number, which: string): string {
  return found > shownMax ? `the first ${shownMax} of ${count(found)}, ${which}` : which;
}
