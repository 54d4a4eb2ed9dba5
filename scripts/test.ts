import { availableParallelism } from 'node:os';
import path from 'node:path';
import { binary, type CommandResult, runCommand } from './stack/command.ts';
import { reportFolder, repository } from './stack/paths.ts';
import { createTerminal } from './stack/terminal.ts';
import { turboBinary } from './stack/turbo.ts';
import { checks } from './test/checks.ts';
import { type Job, runJobs } from './test/job.ts';
import { playwrightTally, scriptTally, vitestTally } from './test/reports.ts';
import { oneFailed, sum, type Tally, withExit } from './test/tally.ts';

// Everything, in the order in which a failure is cheapest to find. A step that fails does not keep
// the others from running: one run tells all there is to tell.
const terminal = createTerminal({ isShared: true });
const reports = path.join(reportFolder, `${process.pid}`);
const reportOf = (name: string) => path.join(reports, `${name}.json`);
const tallies: Tally[] = [];

// None of these looks at a clock: as many at once as there are cores, the longest first.
terminal.heading('Build, checks, unit tests, mutants of the protocol, benchmarks in short');
const build: Job = {
  label: 'Build',
  detail: 'dashboard and worker',
  command: turboBinary(),
  args: ['run', 'build', '--output-logs=new-only', '--log-prefix=none'],
};
/** Those of the core; the others are part of the campaign. */
const mutants: Job = {
  label: 'Mutants',
  detail: 'of the core',
  ...script('scripts/mutants.ts', '--quick', '--report', reportOf('mutants')),
  tally: () => scriptTally(reportOf('mutants')),
};
const unit: Job = {
  label: 'Unit',
  detail: 'vitest',
  command: binary('vitest'),
  args: vitestArgs('unit'),
  tally: () => vitestTally(reportOf('unit')),
};
/** Whether they work and every order ends as it must; how fast is no question of a test. */
const scenarios: Job = {
  label: 'Scenarios',
  detail: 'pnpm bench:scenarios --quick',
  ...script('packages/bench/src/scenarios/main.ts', '--quick', '--report', reportOf('scenarios')),
  tally: () => scriptTally(reportOf('scenarios')),
};
const bench: Job = {
  label: 'Benchmark',
  detail: 'pnpm bench --quick',
  ...script('packages/bench/src/main.ts', '--quick'),
};
// Types are checked against what the build writes, and a worker is run from it.
const built = [scenarios, ...checks, unit, bench].map((job) => ({ ...job, after: build }));
const results = await runJobs(terminal, [build, mutants, ...built], availableParallelism());
tallies.push(...results.values());
const isBuilt = results.get(build)?.failed === 0;

terminal.heading('Integration tests');
tallies.push(await integration());

terminal.heading('End-to-end tests');
tallies.push(isBuilt ? await endToEnd() : oneFailed('end-to-end tests: nothing was built'));

const { passed, failed, failures } = sum(tallies);
if (failures.length > 0)
  console.log(`\nFailed:\n${failures.map((each) => `  ${each}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function vitestArgs(project: string): string[] {
  const reporters = ['--reporter=default', '--reporter=json'];
  return ['run', '--project', project, ...reporters, `--outputFile.json=${reportOf(project)}`];
}

async function integration(): Promise<Tally> {
  const result = await runCommand(binary('vitest'), vitestArgs('integration'), { show: true });
  return judge('integration tests', result, vitestTally(reportOf('integration')));
}

async function endToEnd(): Promise<Tally> {
  const report = reportOf('e2e');
  const { command, args } = script('scripts/test-e2e.ts', '--built');
  const result = await runCommand(command, args, {
    show: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return judge('end-to-end tests', result, playwrightTally(report));
}

function script(file: string, ...args: readonly string[]) {
  const all = ['--import', 'tsx', path.join(repository, file), ...args];
  return { command: process.execPath, args: all };
}

/** A runner that wrote no report counts as one failure; it ran nothing that could be counted. */
function judge(name: string, result: CommandResult, tally: Tally | undefined): Tally {
  return tally ? withExit(name, tally, result.ok) : oneFailed(`${name}: no report was written`);
}
