import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyRepository } from './mutants/copy.ts';
import { choreographyMutants } from './mutants/choreography.ts';
import { coreMutants } from './mutants/core.ts';
import { databaseMutants } from './mutants/database.ts';
import type { Mutant } from './mutants/mutant.ts';
import { runCommand } from './stack/command.ts';
import type { Tally } from './test/tally.ts';

// Breaks the protocol in one place at a time, in a copy, and asks the tests whether they notice.
const { values } = parseArgs({
  options: {
    /** Those that need no Postgres. */
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    /** File for the counts. */
    report: { type: 'string' },
  },
});
const all = values.quick
  ? coreMutants
  : [...coreMutants, ...databaseMutants, ...choreographyMutants];
const mutants = all.filter(({ breaks }) => breaks.includes(values.only ?? ''));
const copy = await copyRepository();
const survivors: Mutant[] = [];
try {
  for (const mutant of mutants) {
    const undo = await copy.change(mutant.file, mutant.find, mutant.replace);
    const startedMs = performance.now();
    const isKilled = !(await passes(mutant));
    await undo();
    if (!isKilled) survivors.push(mutant);
    const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
    console.log(
      `${isKilled ? '✓ killed  ' : '✗ SURVIVED'} ${seconds.padStart(5)} s  ${mutant.breaks}`,
    );
  }
} finally {
  await copy.remove();
}
console.log(`\nmutants: ${mutants.length}, killed ${mutants.length - survivors.length}`);
if (values.report) {
  const counts: Tally = {
    passed: mutants.length - survivors.length,
    failed: survivors.length,
    failures: survivors.map(({ breaks }) => `mutant survived: ${breaks}`),
  };
  await mkdir(path.dirname(values.report), { recursive: true });
  await writeFile(values.report, JSON.stringify(counts));
}
process.exitCode = survivors.length > 0 ? 1 : 0;

async function passes({ project, tests }: Mutant): Promise<boolean> {
  const vitest = path.join(copy.folder, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    '--root',
    copy.folder,
    '--project',
    project,
    '--bail',
    '1',
    ...tests,
  ];
  const { ok, output } = await runCommand(process.execPath, args, { cwd: copy.folder });
  // A run that could not even begin has noticed nothing.
  if (!ok && !/Tests? .*failed/.test(output)) throw new Error(output);
  return ok;
}
