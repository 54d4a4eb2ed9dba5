import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';

export interface ChildOptions {
  readonly name: string;
  /** Arguments of `node`. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
}

export interface Child {
  readonly name: string;
  readonly pid: number | undefined;
  readonly logFile: string;
  /** How it ended, in words. */
  readonly exited: Promise<string>;
  running(): boolean;
  /** SIGTERM; SIGKILL for one that has not ended after the grace. Waits for the end. */
  stop(graceMs: number): Promise<void>;
  kill(): Promise<void>;
}

/**
 * Starts a Node process that ends when this one does: the channel between the two closes, however
 * this one died.
 */
export function startChild(options: ChildOptions): Child {
  mkdirSync(path.dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(process.execPath, options.args, {
    cwd: options.cwd,
    env: { ...options.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    // A group of its own: Ctrl-C reaches us alone, and we stop things in order.
    detached: process.platform !== 'win32',
    stdio: ['ignore', log, log, 'ipc'],
    windowsHide: true,
  });
  closeSync(log);
  let ended = false;
  const exited = new Promise<string>((resolve) => {
    const end = (how: string) => {
      ended = true;
      resolve(how);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  const kill = async () => {
    if (!ended) signalGroup(child, 'SIGKILL');
    await exited;
  };
  const stop = async (graceMs: number) => {
    if (!ended) signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => void kill(), graceMs);
    await exited;
    clearTimeout(timer);
  };
  const { name, logFile } = options;
  return { name, logFile, pid: child.pid, exited, running: () => !ended, stop, kill };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It ended a moment ago.
  }
}
