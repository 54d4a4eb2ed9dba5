import { type Books, readBooks } from './books.ts';
import { judge, judgeDeath } from './judge.ts';
import { type Rig, startRig } from './rig.ts';
import type { Scenario } from './scenarios.ts';
import { forkVictim, type Victim, type VictimProgram } from './victim/fork.ts';
import type { Boundary, Point } from './victim/point.ts';

/** A worker that cannot start, or is not met at its point by chance, gets another chance. */
export const triesMax = 3;

/** One story without a crash: what it crosses, and what it leaves behind. */
export interface Recording {
  readonly scenario: Scenario;
  readonly boundaries: readonly Boundary[];
  readonly books: Books;
  /** What is wrong with it, before anything was done to it. */
  readonly faults: readonly string[];
}

export async function record(program: VictimProgram, scenario: Scenario): Promise<Recording> {
  for (let tries = 1; ; tries += 1) {
    const recording = await recordOnce(program, scenario);
    if (recording) return recording;
    if (tries === triesMax) throw new Error(`"${scenario.name}": no worker lived to its end.`);
  }
}

/** Undefined when the worker could not start. */
function recordOnce(program: VictimProgram, scenario: Scenario): Promise<Recording | undefined> {
  return withRig(async (rig) => {
    const sagaId = await scenario.begin(rig);
    const boundaries = await withVictim(forkVictim(program, rig.url), async (victim) => {
      const story = Promise.all([actOutside(rig, scenario, sagaId, victim), rig.settled(sagaId)]);
      // Awaited below; until then it may fail unseen.
      story.catch(() => undefined);
      await Promise.race([victim.ended, story]);
      if (victim.hasFailed) return undefined;
      await story;
      return victim.end();
    });
    if (!boundaries) return undefined;
    const faults = await judge(rig, scenario, sagaId);
    return { scenario, boundaries, books: await readBooks(rig), faults };
  });
}

export interface Crash {
  readonly isReached: boolean;
  /** The worker ended before, by an error of its own. */
  readonly hasFailed: boolean;
  readonly faults: readonly string[];
}

/** Kills the worker of one story at one point, lets another one take over, and judges the end. */
export async function crash(
  program: VictimProgram,
  { scenario, books }: Recording,
  point: Point,
): Promise<Crash> {
  return withRig(async (rig) => {
    const sagaId = await scenario.begin(rig);
    return withVictim(forkVictim(program, rig.url, point), async (victim) => {
      const outside = actOutside(rig, scenario, sagaId, victim);
      // Awaited below; until then it may fail unseen.
      outside.catch(() => undefined);
      // It dies, or it comes to the end of the story.
      await Promise.race([victim.ended, rig.settled(sagaId).catch(() => undefined)]);
      if (!victim.isGone) await victim.end();
      if ((await victim.ended) !== 'SIGKILL') {
        return { isReached: false, hasFailed: victim.hasFailed, faults: [] };
      }
      const atDeath = await judgeDeath(rig, sagaId);
      const atEnd = await rig.withWorker(async () => {
        await outside;
        await rig.settled(sagaId);
        return judge(rig, scenario, sagaId, books);
      });
      return { isReached: true, hasFailed: false, faults: [...atDeath, ...atEnd] };
    });
  });
}

const refusedLate = 'past its point of no return';

async function actOutside(
  rig: Rig,
  { outside, orElse }: Scenario,
  sagaId: string,
  victim: Victim,
): Promise<void> {
  if (!outside) return;
  // Nobody lives who could bring it there: then it happens at once, before the takeover.
  await rig.until(sagaId, (saga) => victim.isGone || outside.when(saga));
  await outside.act(rig, sagaId).catch((error: unknown) => {
    if (!orElse || !String(error).includes(refusedLate)) throw error;
  });
}

async function withRig<T>(work: (rig: Rig) => Promise<T>): Promise<T> {
  const rig = await startRig();
  try {
    return await work(rig);
  } finally {
    await rig.stop();
  }
}

async function withVictim<T>(victim: Victim, work: (victim: Victim) => Promise<T>): Promise<T> {
  try {
    return await work(victim);
  } finally {
    await victim.kill();
  }
}
