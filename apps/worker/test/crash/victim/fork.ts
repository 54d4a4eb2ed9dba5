import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../../bundle.ts';
import { type Boundary, environmentOf, type Point } from './point.ts';

/** The victim as one file: it is started hundreds of times, and so it starts three times as fast. */
export interface VictimProgram {
  readonly file: string;
  remove(): Promise<void>;
}

export async function buildVictim(): Promise<VictimProgram> {
  const folder = await mkdtemp(path.join(tmpdir(), 'counterstep-crash-'));
  const file = path.join(folder, 'victim.mjs');
  await bundle(fileURLToPath(new URL('./main.ts', import.meta.url)), file);
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A worker process that dies at a point, or is asked to end. */
export interface Victim {
  /** Resolves with the signal that ended it; null when it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
  readonly isGone: boolean;
  /** It ended with an error, as a worker does that cannot start: its supervisor starts another one. */
  readonly hasFailed: boolean;
  /** Asks it to drain and end; resolves with all boundaries that it has crossed. */
  end(): Promise<readonly Boundary[]>;
  /** For clearing up after a failure. */
  kill(): Promise<void>;
}

export function forkVictim({ file }: VictimProgram, url: string, point?: Point): Victim {
  const child: ChildProcess = fork(file, {
    execArgv: [],
    env: { ...process.env, DATABASE_URL: url, ...environmentOf(point) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let seen: readonly Boundary[] = [];
  child.on('message', (message) => {
    seen = message as readonly Boundary[];
  });
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null);
  const endBy = async (signal: NodeJS.Signals) => {
    if (!isGone()) child.kill(signal);
    await ended;
  };
  return {
    ended,
    get isGone() {
      return isGone();
    },
    get hasFailed() {
      return child.exitCode !== null && child.exitCode !== 0;
    },
    async end() {
      await endBy('SIGTERM');
      return seen;
    },
    kill: () => endBy('SIGKILL'),
  };
}
