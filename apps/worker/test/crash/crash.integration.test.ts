import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { atStart, bySlowness, byTiming, inOrder } from './boundaries.ts';
import { record, type Recording } from './campaign.ts';
import { atOnce, crashAtAll, pointsOf } from './points.ts';
import { scenarios } from './scenarios.ts';
import { buildVictim, type VictimProgram } from './victim/fork.ts';
import { isLong } from '../long.ts';

/**
 * A real worker process on a real Postgres is killed at each place at which something is committed,
 * just before, just after, and just after it has heard of it; then another worker takes over, and the
 * saga must end as if nothing had happened. `victim/` is the process and what is patched into it.
 */

const told = scenarios.filter(({ isShort }) => isLong || isShort);

let program: VictimProgram;
let recordings: readonly Recording[];
const total = { found: 0, passed: 0, missed: 0 };
const startedMs = Date.now();

beforeAll(async () => {
  // Hundreds of workers come and go, each with a few words.
  vi.spyOn(console, 'log').mockReturnValue(undefined);
  program = await buildVictim();
  recordings = await atOnce(scenarios, (scenario) => record(program, scenario));
}, 120_000);

afterAll(async () => {
  vi.restoreAllMocks();
  await program.remove();
  const { found, passed, missed } = total;
  const misses = missed > 0 ? `, ${missed} not met by chance` : '';
  const seconds = ((Date.now() - startedMs) / 1_000).toFixed(0);
  console.log(`crash points: ${found} found, ${passed} passed${misses}; ${seconds} s`);
});

function recordingOf(name: string): Recording {
  const recording = recordings.find(({ scenario }) => scenario.name === name);
  if (!recording) throw new Error(`"${name}" was not recorded.`);
  return recording;
}

describe('undisturbed', () => {
  it.each(scenarios)('$name ends as it should', ({ name }) => {
    expect(recordingOf(name).faults).toEqual([]);
  });

  it('all scenarios together cross the boundaries that are listed, and no others', () => {
    const seen = new Set(recordings.flatMap((each) => each.boundaries.map(({ label }) => label)));
    const listed = [...atStart, ...inOrder, ...byTiming];
    const known = new Set([...listed, ...bySlowness]);
    expect([...seen].filter((label) => !known.has(label))).toEqual([]);
    expect(listed.filter((label) => !seen.has(label))).toEqual([]);
  });
});

describe('a worker that is killed with -9 at any boundary', () => {
  it.each(told)(
    'leaves nothing lost and nothing doubled: $name',
    async ({ name }) => {
      const recording = recordingOf(name);
      const points = pointsOf(recording, isLong);
      const sinceMs = Date.now();
      const { found, passed, missed, failures } = await crashAtAll(program, recording, points);
      total.found += found;
      total.passed += passed;
      total.missed += missed;
      const seconds = ((Date.now() - sinceMs) / 1_000).toFixed(1);
      process.stdout.write(`  ${name}: ${passed} of ${found} (${missed} missed), ${seconds} s\n`);
      expect(failures).toEqual([]);
      expect(passed).toBeGreaterThan(0);
    },
    // A minute on a machine of its own; there may be others.
    isLong ? 1_800_000 : 300_000,
  );
});
