import { runCommand } from '../stack/command.ts';
import type { Terminal } from '../stack/terminal.ts';
import { oneFailed, onePassed, type Tally, withExit } from './tally.ts';

/** Something of the test run that says nothing while it runs and waits for nobody. */
export interface Job {
  readonly label: string;
  readonly detail: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Counts that the command left behind; without them, it passes or fails as one. */
  tally?(): Tally | undefined;
}

/** Runs jobs, some at once; each shows its report when it fails. */
export async function runJobs(
  terminal: Terminal,
  jobs: readonly Job[],
  atOnce: number,
): Promise<Tally[]> {
  const tallies: Tally[] = [];
  const left = jobs.values();
  const work = async () => {
    for (const job of left) tallies.push(await runJob(terminal, job));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return tallies;
}

async function runJob(terminal: Terminal, job: Job): Promise<Tally> {
  const { label, detail, command, args } = job;
  const run = runCommand(command, args).then(({ ok, output }) => {
    if (!ok) throw new Error(output);
  });
  const ok = await terminal.step(label, detail, run).then(
    () => true,
    (error: unknown) => {
      console.log(`\n${error instanceof Error ? error.message : String(error)}\n`);
      return false;
    },
  );
  const name = `${label}: ${detail}`;
  if (!job.tally) return ok ? onePassed : oneFailed(name);
  const tally = job.tally();
  return tally ? withExit(name, tally, ok) : oneFailed(`${name}: no report was written`);
}
