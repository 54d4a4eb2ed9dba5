import { atStart, bySlowness, byTiming } from './boundaries.ts';
import { crash, type Recording, triesMax } from './campaign.ts';
import type { VictimProgram } from './victim/fork.ts';
import { type Boundary, modes, nameOfPoint, type Point } from './victim/point.ts';

/** All points of a recorded story: each boundary in each mode, or each in one mode, taking turns. */
export function pointsOf({ scenario, boundaries }: Recording, isLong: boolean): Point[] {
  return boundaries
    .filter(({ label }) => (isLong && scenario.withStart) || !atStart.includes(label))
    .flatMap((boundary, index) =>
      modes
        .filter((_, turn) => isLong || turn === index % modes.length)
        .map((mode) => ({ ...boundary, mode })),
    );
}

export interface Tally {
  found: number;
  passed: number;
  /** Points that only time decides about, and that it decided against. */
  missed: number;
  readonly failures: string[];
}

/** Kills one worker at each point, some stories at once, each in a database of its own. */
export async function crashAtAll(
  program: VictimProgram,
  recording: Recording,
  points: readonly Point[],
): Promise<Tally> {
  const tally: Tally = { found: points.length, passed: 0, missed: 0, failures: [] };
  await atOnce(points, async (point) => {
    const name = nameOfPoint(point);
    try {
      const { isReached, hasFailed, faults } = await crashAt(program, recording, point);
      if (isReached && faults.length === 0) tally.passed += 1;
      else if (hasFailed)
        tally.failures.push(`${name}: its workers ended by an error of their own`);
      else if (!isReached && mayBeMissed(recording, point)) tally.missed += 1;
      else tally.failures.push(`${name}: ${isReached ? faults.join('; ') : 'not reached'}`);
    } catch (error) {
      tally.failures.push(`${name}: ${String(error)}`);
    }
  });
  return tally;
}

async function crashAt(program: VictimProgram, recording: Recording, point: Point) {
  for (let tries = 1; ; tries += 1) {
    const result = await crash(program, recording, point);
    const mayTryAgain = result.hasFailed || mayBeMissed(recording, point);
    if (result.isReached || tries === triesMax || !mayTryAgain) return result;
  }
}

function mayBeMissed({ scenario }: Recording, { label }: Boundary): boolean {
  return [...byTiming, ...bySlowness, ...(scenario.byTiming ?? [])].includes(label);
}

/** A story mostly waits: for a process to start, for a takeover, for a lease. */
const storiesMax = 4;

export async function atOnce<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: storiesMax }, worker));
  return results;
}
