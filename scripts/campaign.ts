import path from 'node:path';
import { parseArgs } from 'node:util';
import { binary, runCommand } from './stack/command.ts';
import { repository } from './stack/paths.ts';

// The long forms of what `pnpm test` does briefly: hours if you like, minutes by default.
const { values } = parseArgs({
  options: {
    /** Minutes of simulated schedules. */
    minutes: { type: 'string', default: '10' },
    /** How often the failure tests are repeated. */
    rounds: { type: 'string', default: '3' },
  },
});

interface Part {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const script = (file: string, ...args: string[]) => ({
  command: process.execPath,
  args: ['--import', 'tsx', path.join(repository, file), ...args],
});
const integration = (...paths: string[]) => ({
  command: binary('vitest'),
  args: ['run', '--project', 'integration', ...paths],
});

const parts: readonly Part[] = [
  {
    name: 'simulated schedules',
    ...script('packages/testkit/src/simulate/main.ts', '--minutes', values.minutes),
  },
  {
    name: 'both styles, hundreds of orders; a bus at its worst',
    ...integration('apps/worker/test/equivalence', 'apps/worker/test/chaos'),
    env: { CAMPAIGN: '1' },
  },
  {
    name: 'every crash point',
    ...integration('apps/worker/test/crash'),
    env: { CAMPAIGN: '1' },
  },
  ...Array.from({ length: Number(values.rounds) }, (_, round) => ({
    name: `failures of processes and of Postgres, round ${round + 1}`,
    ...integration('apps/worker/test/failures', 'apps/worker/test/takeover'),
    env: { CAMPAIGN: '1' },
  })),
  { name: 'mutants of the protocol', ...script('scripts/mutants.ts') },
];

const results: string[] = [];
for (const { name, command, args, env } of parts) {
  console.log(`\n── ${name}\n`);
  const startedMs = performance.now();
  const { ok } = await runCommand(command, args, { show: true, ...(env && { env }) });
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  results.push(`${ok ? '✓' : '✗'} ${name}, ${seconds} s`);
  if (!ok) process.exitCode = 1;
}
console.log(`\n${results.join('\n')}`);
