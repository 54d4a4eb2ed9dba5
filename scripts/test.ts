import path from 'node:path';
import { binary, type CommandResult, runCommand } from './stack/command.ts';
import { startBuild } from './stack/build.ts';
import { dataFolder, repository } from './stack/paths.ts';
import { createTerminal } from './stack/terminal.ts';
import { runChecks } from './test/checks.ts';
import { playwrightTally, scriptTally, vitestTally } from './test/reports.ts';
import { oneFailed, onePassed, sum, type Tally, withExit } from './test/tally.ts';

// Everything, in the order in which a failure is cheapest to find. A step that fails does not keep
// the others from running: one run tells all there is to tell.
const terminal = createTerminal();
const reports = path.join(dataFolder, 'reports', `${process.pid}`);
const tallies: Tally[] = [];

terminal.heading('Checks');
tallies.push(...(await runChecks(terminal)));

terminal.heading('Unit tests');
tallies.push(await vitest('unit'));

terminal.heading('Integration tests');
tallies.push(await vitest('integration'));

terminal.heading('Mutants of the protocol');
tallies.push(await mutants());

terminal.heading('Builds');
const built = await build();
tallies.push(built);

terminal.heading('Benchmarks, in short');
tallies.push(await bench(), built.failed > 0 ? oneFailed : await scenarios());

terminal.heading('End-to-end tests');
tallies.push(built.failed > 0 ? oneFailed : await endToEnd());

const { passed, failed } = sum(tallies);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function vitest(project: string): Promise<Tally> {
  const report = path.join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = ['run', '--project', project, ...reporters];
  return judge(await runCommand(binary('vitest'), args, { show: true }), vitestTally(report));
}

/** Those of the core; the others are part of the campaign. */
async function mutants(): Promise<Tally> {
  const report = path.join(reports, 'mutants.json');
  const script = path.join(repository, 'scripts/mutants.ts');
  const args = ['--import', 'tsx', script, '--quick', '--report', report];
  return judge(await runCommand(process.execPath, args, { show: true }), scriptTally(report));
}

/** Whether it works and every order ends as it must; how fast is no question of a test. */
async function bench(): Promise<Tally> {
  const script = path.join(repository, 'packages/bench/src/main.ts');
  const args = ['--import', 'tsx', script, '--quick'];
  return (await runCommand(process.execPath, args, { show: true })).ok ? onePassed : oneFailed;
}

async function scenarios(): Promise<Tally> {
  const report = path.join(reports, 'scenarios.json');
  const script = path.join(repository, 'packages/bench/src/scenarios/main.ts');
  const args = ['--import', 'tsx', script, '--quick', '--report', report];
  return judge(await runCommand(process.execPath, args, { show: true }), scriptTally(report));
}

async function build(): Promise<Tally> {
  try {
    await terminal.step('Build', 'dashboard and worker', startBuild(reports).done);
    return onePassed;
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return oneFailed;
  }
}

async function endToEnd(): Promise<Tally> {
  const report = path.join(reports, 'e2e.json');
  const script = path.join(repository, 'scripts/test-e2e.ts');
  const result = await runCommand(process.execPath, ['--import', 'tsx', script, '--built'], {
    show: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return judge(result, playwrightTally(report));
}

/** A runner that wrote no report counts as one failure; it ran nothing that could be counted. */
function judge(result: CommandResult, tally: Tally | undefined): Tally {
  return tally ? withExit(tally, result.ok) : oneFailed;
}
