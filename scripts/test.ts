import { availableParallelism } from 'node:os';
import path from 'node:path';
import { binary, type CommandResult, runCommand } from './stack/command.ts';
import { dataFolder, repository } from './stack/paths.ts';
import { createTerminal } from './stack/terminal.ts';
import { turboBinary } from './stack/turbo.ts';
import { checks } from './test/checks.ts';
import { type Job, runJobs } from './test/job.ts';
import { mutantTally, playwrightTally, vitestTally } from './test/reports.ts';
import { oneFailed, sum, type Tally, withExit } from './test/tally.ts';

// Everything, in the order in which a failure is cheapest to find. A step that fails does not keep
// the others from running: one run tells all there is to tell.
const terminal = createTerminal({ isShared: true });
const reports = path.join(dataFolder, 'reports', `${process.pid}`);
const reportOf = (name: string) => path.join(reports, `${name}.json`);
const tallies: Tally[] = [];

// None of them looks at a clock: as many at once as there are cores.
terminal.heading('Checks, builds, and mutants of the protocol');
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
  tally: () => mutantTally(reportOf('mutants')),
};
tallies.push(...(await runJobs(terminal, [mutants, build, ...checks], availableParallelism())));

terminal.heading('Unit tests');
tallies.push(await vitest('unit'));

terminal.heading('Integration tests');
tallies.push(await vitest('integration'));

terminal.heading('End-to-end tests');
tallies.push(await endToEnd());

const { passed, failed, failures } = sum(tallies);
if (failures.length > 0)
  console.log(`\nFailed:\n${failures.map((each) => `  ${each}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function vitest(project: string): Promise<Tally> {
  const report = reportOf(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, ...reporters];
  const result = await runCommand(binary('vitest'), args, { show: true });
  return judge(`${project} tests`, result, vitestTally(report));
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
