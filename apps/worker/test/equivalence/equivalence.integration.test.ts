import { createPool, type Pool } from '@counterstep/db/tx';
import { runAudit } from '@counterstep/services/audit';
import { sagas } from '@counterstep/services/sagas';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../../src/worker.ts';
import { createGently } from '../gently.ts';
import { untilQuiet } from '../quiet.ts';
import { swiftFlow, swiftOrders } from '../swift.ts';
import { startSystem, type System } from '../system.ts';
import {
  type EquivalenceCase,
  equivalenceCase,
  expectedEnd,
  grid,
  nameOf,
  neverAnswered,
} from './case.ts';
import { readEndings } from './ending.ts';
import { live, prepare, type Stage } from './live.ts';
import { compare, type Pair } from './rules.ts';
import { createWatch } from '../watch.ts';
import { isLong } from '../long.ts';

/**
 * The same order under the same faults through both styles must end in the same business state. Each
 * case runs twice, side by side with all others, on a real worker and a real Postgres.
 */

/** To replay: EQUIVALENCE_SEED=… and the number of cases of that run. */
const seed = Number(process.env['EQUIVALENCE_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 7));
const count = Number(process.env['EQUIVALENCE_CASES'] ?? (isLong ? 400 : 40));
/** Orders at the same time, so that an honest answer never takes as long as an attempt may. */
const roundSize = 64;

let system: System;
let worker: Worker;
let everywhere: Pool;
let stage: Stage;
let pairs: readonly Pair[];
const generated = fc.sample(equivalenceCase, { seed, numRuns: count });

beforeAll(async () => {
  system = await startSystem();
  everywhere = createPool({
    url: system.url,
    searchPath: 'public',
    applicationName: 'equivalence-test',
    size: 1,
  });
  const others = sagas.all.filter(({ name }) => name !== swiftOrders.name);
  worker = createWorker({ main: system.url }, [swiftOrders, ...others], { flow: swiftFlow });
  await worker.start();
  stage = { system, watch: createWatch(system.saga), gently: createGently(6) };
  const all = [...grid, neverAnswered, ...generated];
  const done: Pair[] = [];
  for (let from = 0; from < all.length; from += roundSize) {
    done.push(...(await round(all.slice(from, from + roundSize))));
  }
  pairs = done;
}, 1_200_000);

afterAll(async () => {
  await worker.stop();
  await everywhere.end();
  await system.stop();
});

async function round(cases: readonly EquivalenceCase[]): Promise<Pair[]> {
  const prepared = await Promise.all(
    cases.flatMap((planned) => [
      stage.gently(() => prepare(stage, planned, 'orchestration')),
      stage.gently(() => prepare(stage, planned, 'choreography')),
    ]),
  );
  const lived = await Promise.all(prepared.map((each) => live(stage, each)));
  await untilQuiet(everywhere, 60_000);
  const ended = await readEndings(system, lived);
  return cases.flatMap((planned, index) => {
    const [orchestrated, choreographed] = ended.slice(2 * index);
    return orchestrated && choreographed ? [{ planned, orchestrated, choreographed }] : [];
  });
}

/** Enough to understand it, and to play it again. */
const describePair = ({ planned, orchestrated, choreographed }: Pair) => ({
  planned,
  orchestrated: orchestrated.ending,
  choreographed: choreographed.ending,
});

describe('every fault at every operation', () => {
  it.each(grid.map((planned, index) => [nameOf(planned), index] as const))('%s', (_, index) => {
    const pair = pairs[index];
    if (!pair) throw new Error('This case was not run.');
    const end = expectedEnd(pair.planned);
    expect(pair.orchestrated.ending.status).toBe(end);
    expect(pair.choreographed.ending.status).toBe(end);
    if (compare(pair) === 'differing') expect(describePair(pair)).toBe('equal');
  });
});

it('a charge that nobody answers for is undone by a coordinator, and shipped without one', () => {
  const pair = pairs[grid.length];
  if (!pair) throw new Error('This case was not run.');
  expect(compare(pair)).toBe('done, and never answered');
  expect(pair.orchestrated.ending.status).toBe('compensated');
  expect(pair.choreographed.ending.status).toBe('completed');
});

describe(`${count} orders from seed ${seed}`, () => {
  it('end alike in both styles', () => {
    const verdicts = new Map<string, number>();
    for (const verdict of pairs.map(compare)) {
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    }
    const told = [...verdicts].map(([verdict, times]) => `${times} ${verdict}`).join(', ');
    process.stdout.write(`  equivalence: ${pairs.length} cases, seed ${seed}: ${told}\n`);
    expect(pairs).toHaveLength(grid.length + 1 + count);
    expect(pairs.filter((pair) => compare(pair) === 'differing').map(describePair)).toEqual([]);
  });

  it('leave logs whose fold is their row, and the four services in agreement', async () => {
    const all = pairs.flatMap(({ orchestrated, choreographed }) => [orchestrated, choreographed]);
    expect(all.flatMap(({ sagaId, faults }) => faults.map((f) => `${sagaId}: ${f}`))).toEqual([]);
    const audit = await runAudit({ databases: system.databases, saga: system.saga });
    expect(audit.invariants.flatMap((invariant) => invariant.violations)).toEqual([]);
    expect(audit.invariants.reduce((sum, { rowsChecked }) => sum + rowsChecked, 0)).toBeGreaterThan(
      10 * pairs.length,
    );
  });
});
