import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readCommandLine } from '../../../../scripts/command-line/command.ts';
import type { Site } from '../site.ts';
import { assertSound } from '../sound.ts';
import { startStack } from '../stack.ts';
import { scenarios } from './index.ts';
import { command, optionsFrom } from './options.ts';
import { load, machine, type Outcome, tableOf, toJson } from './print.ts';
import type { Bench, Scenario } from './scenario.ts';

// Each scenario beside the happy path of the same rounds, on one durable server, over databases of its own.
// A scenario that fails, or whose books are wrong in the end, fails the run; the others go on.
const options = optionsFrom(readCommandLine(command));
const say = (text: string) => (options.json ? console.error(text) : console.log(text));
const chosen = scenarios.filter(({ name }) => options.only?.includes(name) ?? true);
const before = load();
const stack = await startStack();
// An interrupted run takes its server and workers with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stack.stop().finally(() => process.exit(1)));
}
const outcomes: Outcome[] = [];
try {
  for (const scenario of chosen) {
    const missing = scenario.missing?.();
    if (missing === undefined) outcomes.push(await measure(scenario));
    else if (options.only) outcomes.push(failed(scenario, missing));
    else say(`${scenario.name} is left out: ${missing}`);
  }
} finally {
  await stack.stop();
}
say(`\n${machine()}; load average ${before} before, ${load()} after`);
say(tableOf(outcomes));
if (options.json) console.log(toJson(outcomes));
const failures = outcomes.flatMap(({ name, error }) =>
  error === undefined ? [] : [`${name}: ${error.split('\n', 1).join()}`],
);
if (options.report) {
  const counts = {
    passed: outcomes.length - failures.length,
    failed: failures.length,
    failures,
  };
  await mkdir(path.dirname(options.report), { recursive: true });
  await writeFile(options.report, JSON.stringify(counts));
}
process.exitCode = failures.length > 0 ? 1 : 0;

async function measure(scenario: Scenario): Promise<Outcome> {
  say(`${scenario.name}: ${scenario.does}`);
  const sites: Site[] = [];
  const bench: Bench = {
    stack,
    size: options.size,
    say,
    async openSite(worker) {
      const name = `${scenario.name.replaceAll('-', '_')}_${sites.length + 1}`;
      const site = await stack.createSite(name, worker);
      sites.push(site);
      return site;
    },
  };
  const { name, does } = scenario;
  try {
    const figures = await scenario.run(bench);
    for (const site of sites) await assertSound(site);
    return { name, does, figures };
  } catch (error) {
    return failed(
      scenario,
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  } finally {
    // Idle workers would cost the next scenario a part of the machine.
    await Promise.all(sites.map((site) => site.close()));
  }
}

function failed({ name, does }: Scenario, error: string): Outcome {
  return { name, does, figures: [], error };
}
