import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Processes from this one upwards, each the parent of the one before. */
export type Callers = readonly number[];

const lookMs = 500;
const manager = /^(npm|npx|pnpm|pnpx|yarn|corepack)(-cli)?(\.[cm]?js)?$/;
const shell = /^(ba|da|z)?sh$/;

/**
 * This process and the package managers that run it, with their shells. A manager that is asked to end
 * ends its shell at most, so nobody tells us. Alone when the command was run by itself: then it may
 * outlive whoever started it.
 */
export function findCallers(script: string): Callers {
  const { pid, ppid, platform, env } = process;
  if (platform !== 'linux') {
    return env.npm_lifecycle_script?.includes(path.basename(script)) ? [pid, ppid] : [pid];
  }
  const chain = [pid];
  let length = 1;
  for (let at: number | undefined = ppid; at; at = parentOf(at)) {
    const [command = '', argument = ''] = commandOf(at);
    const isManager = manager.test(command) || (command === 'node' && manager.test(argument));
    if (!isManager && !shell.test(command)) break;
    chain.push(at);
    // A shell without a manager above it is the user's own.
    if (isManager) length = chain.length;
  }
  return chain.slice(0, length);
}

/** Calls back once, when one of the callers has ended. */
export function onCallersEnd(callers: Callers, callback: () => void): void {
  if (callers.length === 1) return;
  const timer = setInterval(() => {
    if (callers.slice(1).every((parent, index) => parentOf(callers[index]) === parent)) return;
    clearInterval(timer);
    callback();
  }, lookMs);
  timer.unref();
}

/** Who ended has no parent, and whose parent ended has another one. */
function parentOf(pid: number | undefined): number | undefined {
  if (pid === process.pid) return process.ppid;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command in parentheses may hold anything; the fixed fields start behind the last one.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** The first two words, without folders. npm puts all of its own into one. */
function commandOf(pid: number): string[] {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
    return words.slice(0, 2).map((word) => path.basename(word));
  } catch {
    return [];
  }
}
