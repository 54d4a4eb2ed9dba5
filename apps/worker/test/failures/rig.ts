import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getBatch } from '@counterstep/db/batches';
import type { SagaStatus } from '@counterstep/saga-core/machine';
import { runAudit } from '@counterstep/services/audit';
import { expect } from 'vitest';
import { workerProgram } from '../program.ts';
import type { System } from '../system.ts';

const pollMs = 10;

/** Polls until the question has an answer; its name is what the failure says. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  ms = 20_000,
): Promise<T> {
  for (const deadline = Date.now() + ms; ;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** A worker process that a test may mistreat. */
export interface Victim {
  readonly pid: number;
  /** All that it has said, both streams. */
  said(): string;
  /** How often it has come up: once for each incarnation. */
  incarnations(): number;
  signal(name: NodeJS.Signals): void;
  /** Exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly isRunning: boolean;
}

/** @param url where the worker finds its database, a proxy's for instance */
export async function startVictim(url: string): Promise<Victim> {
  const child = fork(workerProgram(), {
    execArgv: ['--enable-source-maps'],
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const victim: Victim = {
    pid: child.pid ?? 0,
    said: () => said,
    incarnations: () => said.match(/ ready, pid /g)?.length ?? 0,
    signal: (name) => void child.kill(name),
    exited,
    get isRunning() {
      return child.exitCode === null && child.signalCode === null;
    },
  };
  running.add(child);
  void exited.then(() => running.delete(child));
  const isUp = () => Promise.resolve(victim.incarnations() > 0 || !victim.isRunning);
  await until('the worker is ready', isUp);
  if (!victim.isRunning) throw new Error(`The worker does not come up:\n${said}`);
  return victim;
}

const running = new Set<ChildProcess>();

/** Ends what the test left behind, stopped processes too. */
export async function endVictims(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }),
  );
}

const ended: readonly SagaStatus[] = ['completed', 'compensated'];

/** Sagas of a launch that have ended, in either way. */
export async function endedOf({ saga }: System, batchId: string): Promise<number> {
  const batch = await getBatch(saga, batchId);
  if (!batch) throw new Error('The batch vanished.');
  return ended.reduce((sum, status) => sum + batch[status], 0);
}

/** All orders of a launch are placed, and the transaction that placed them is over. */
export async function untilPlaced({ saga }: System, batchId: string): Promise<void> {
  await until('the launch is placed', async () => {
    const batch = await getBatch(saga, batchId);
    return batch?.placed === batch?.count;
  });
}

export async function untilEnded(
  system: System,
  batchId: string,
  count: number,
  ms = 30_000,
): Promise<void> {
  const enough = async () => (await endedOf(system, batchId)) >= count;
  await until(`${count} sagas have ended`, enough, ms).catch(async (error: unknown) => {
    throw new Error(JSON.stringify(await getBatch(system.saga, batchId)), { cause: error });
  });
}

/** As many sagas as were placed have ended, each once, and all books agree. */
export async function expectSound(system: System, sagas: number): Promise<void> {
  const rows = await system.saga.query<{ status: SagaStatus; count: number }>(
    'select status, count(*)::int from saga.instance group by status',
  );
  const strangers = rows.filter(({ status }) => !ended.includes(status));
  expect(strangers).toEqual([]);
  expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(sagas);
  const { invariants } = await runAudit(system);
  expect(
    invariants.flatMap(({ name, violations }) => violations.map((v) => ({ name, ...v }))),
  ).toEqual([]);
  // An audit that looked at nothing finds nothing.
  expect(invariants.find(({ name }) => name === 'gapless-log')?.rowsChecked).toBeGreaterThanOrEqual(
    2 * sagas,
  );
}

/** The same numbers for the same seed (an LCG; good enough to pick moments). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
