import { parseArgs } from 'node:util';
import { simulate, type SimulationReport } from './simulate.ts';

/**
 * Runs simulations until the seeds or the minutes are used up, and prints how many a minute there
 * were. A seed that breaks a promise is printed with what it broke; the same seed shows it again.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    /** Prints every event; for one seed. */
    trace: { type: 'boolean', default: false },
  },
});

const from = Number(values.from);
const until = from + Number(values.seeds);
const startMs = performance.now();
const minutes = () => (performance.now() - startMs) / 60_000;

const failed: number[] = [];
const totals = { runs: 0, events: 0, calls: 0, byHand: 0 };
const ends = new Map<string, number>();

for (let seed = from; seed < until && minutes() < Number(values.minutes); seed += 1) {
  const report = await simulate({ seed, keepsTrace: values.trace });
  add(report);
  if (values.trace) console.log(report.cluster.sim.trace.lines.join('\n'));
  if (report.violations.length === 0) continue;
  failed.push(seed);
  console.log(`seed ${seed}:`);
  for (const { invariant, sagaId, detail } of report.violations.slice(0, 10)) {
    console.log(`  ${invariant} ${sagaId}: ${detail}`);
  }
}

console.log(
  `${totals.runs} schedules, ${Math.round(totals.runs / minutes())} a minute; ` +
    `${totals.events} events, ${totals.calls} calls; ${totals.byHand} sagas ended by an operator's word`,
);
console.log([...ends].map(([status, count]) => `${status} ${count}`).join(', '));
console.log(failed.length === 0 ? 'every promise kept' : `failing seeds: ${failed.join(' ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function add(report: SimulationReport): void {
  totals.runs += 1;
  totals.events += report.events;
  totals.calls += report.calls;
  totals.byHand += report.resolvedByHand.length;
  for (const [status, count] of Object.entries(report.ends)) {
    ends.set(status, (ends.get(status) ?? 0) + count);
  }
}
