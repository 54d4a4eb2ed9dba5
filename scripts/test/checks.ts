import { binary, runCommand } from '../stack/command.ts';
import type { Terminal } from '../stack/terminal.ts';
import { oneFailed, onePassed, type Tally } from './tally.ts';

interface Check {
  readonly label: string;
  readonly detail: string;
  readonly command: string;
  readonly args: readonly string[];
}

const checks: readonly Check[] = [
  { label: 'Format', detail: 'prettier', command: 'prettier', args: ['--check', '.'] },
  { label: 'Lint', detail: 'oxlint, type-aware', command: 'oxlint', args: ['--max-warnings=0'] },
  {
    label: 'Types',
    detail: 'tsc for each package',
    command: 'turbo',
    args: ['run', 'typecheck', 'typecheck:root', '--continue', '--output-logs=errors-only'],
  },
  { label: 'Dead code', detail: 'knip', command: 'knip', args: ['--no-progress'] },
];

/** Runs every check, one after the other; each shows its report when it fails. */
export async function runChecks(terminal: Terminal): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const { label, detail, command, args } of checks) {
    const run = runCommand(binary(command), args).then(({ ok, output }) => {
      if (!ok) throw new Error(output);
    });
    try {
      await terminal.step(label, detail, run);
      tallies.push(onePassed);
    } catch (error) {
      console.log(`\n${error instanceof Error ? error.message : String(error)}\n`);
      tallies.push(oneFailed);
    }
  }
  return tallies;
}
