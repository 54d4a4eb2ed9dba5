import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf, residentBytes } from '../../cost/cpu.ts';
import { median, type Point, slope } from '../../statistics.ts';

/** Resident memory of processes over some time: minutes since the beginning, MB. */
export type Course = readonly Point[];

const everyMs = 1_000;

/** Samples several processes at once until the given promise has settled; at least once. */
export async function watchMemory<Name extends string>(
  pids: Readonly<Record<Name, number>>,
  end: Promise<unknown>,
): Promise<Record<Name, Course>> {
  const names = Object.keys(pids) as Name[];
  const courses = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Point[]
  >;
  const startedMs = performance.now();
  const ended = end.then(() => true);
  for (let isOver = false; !isOver;) {
    const minutes = (performance.now() - startedMs) / 60_000;
    for (const name of names) {
      courses[name].push({ x: minutes, y: residentBytes(pids[name]) / 1e6 });
    }
    isOver = await Promise.race([ended, delay(everyMs, false)]);
  }
  return courses;
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
