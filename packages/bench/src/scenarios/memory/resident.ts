import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf, residentBytes } from '../../cost/cpu.ts';
import { median, type Point, slope } from '../../statistics.ts';

/** Resident memory of a process over some time: minutes since the beginning, MB. */
export type Course = readonly Point[];

const everyMs = 1_000;

/** The product's processes, by what they are. */
const roles = ['worker', 'dashboard'] as const;
type ByRole<T> = Readonly<Record<(typeof roles)[number], T>>;

/**
 * Samples the processes at once until the given promise has settled; at least once.
 *
 * @throws what the promise was rejected with, or when a process has ended before it settled
 */
export async function watchMemory(
  pids: ByRole<number>,
  end: Promise<unknown>,
): Promise<ByRole<Course>> {
  const courses: ByRole<Point[]> = { worker: [], dashboard: [] };
  const startedMs = performance.now();
  const ended = end.then(() => true);
  // Nobody waits for it any more once a process is found to be gone.
  ended.catch(() => undefined);
  for (let isOver = false; !isOver;) {
    const minutes = (performance.now() - startedMs) / 60_000;
    for (const role of roles) {
      courses[role].push({ x: minutes, y: megabytesOf(role, pids[role]) });
    }
    isOver = await Promise.race([ended, delay(everyMs, false)]);
  }
  return courses;
}

function megabytesOf(role: string, pid: number): number {
  let bytes = 0;
  try {
    bytes = residentBytes(pid);
  } catch {
    // Nothing is known of it any more.
  }
  // Nor has one any memory that has ended and was not waited for.
  if (bytes === 0) throw new Error(`The ${role}, process ${pid}, ended while it was watched.`);
  return bytes / 1e6;
}

/** Of a process that only holds another one's leash: that one. */
export function serving(pid: number | undefined): number {
  if (pid === undefined) throw new Error('The process has not been started.');
  const [child] = childrenOf(pid);
  return child === undefined ? pid : serving(child);
}

export interface Growth {
  readonly medianMb: number;
  readonly mostMb: number;
  readonly mbPerMinute: number;
}

/** Of the whole time a process takes a part to fill its caches; from there on it should be level. */
const warmUpShare = 0.2;

export function growthOf(course: Course): Growth {
  const level = course.slice(Math.floor(course.length * warmUpShare));
  const sizes = level.map(({ y }) => y);
  return { medianMb: median(sizes), mostMb: Math.max(...sizes), mbPerMinute: slope(level) };
}
