import { runCommand } from '../stack/command.ts';
import type { Terminal } from '../stack/terminal.ts';
import { oneFailed, onePassed, type Tally, withExit } from './tally.ts';

/** Something of the test run that says nothing while it runs and waits for nobody. */
export interface Job {
  readonly label: string;
  readonly detail: string;
  readonly command: string;
  readonly args: readonly string[];
  /** One that stands before it in the list and must have ended. */
  readonly after?: Job;
  /** Counts that the command left behind; without them, it passes or fails as one. */
  tally?(): Tally | undefined;
}

/** Runs jobs in their order, some at once; each shows its report when it fails. */
export async function runJobs(
  terminal: Terminal,
  jobs: readonly Job[],
  atOnce: number,
): Promise<ReadonlyMap<Job, Tally>> {
  const runs = new Map<Job, Promise<Tally>>();
  const left = jobs.values();
  const work = async () => {
    for (const job of left) {
      if (job.after) await runs.get(job.after);
      const run = runJob(terminal, job);
      runs.set(job, run);
      await run;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return new Map(await Promise.all([...runs].map(async ([job, run]) => [job, await run] as const)));
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
