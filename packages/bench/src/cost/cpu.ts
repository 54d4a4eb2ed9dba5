import { readdirSync, readFileSync } from 'node:fs';

/** Of `/proc/<pid>/stat`: Linux counts in hundredths of a second. */
const tickMs = 10;

interface Times {
  readonly parent: number;
  readonly ownMs: number;
  /** Of children that have ended and were waited for. */
  readonly endedMs: number;
}

/** CPU time of a process in ms, user and system. */
export function processMs(pid: number): number {
  return timesOf(pid)?.ownMs ?? 0;
}

/**
 * CPU time of a Postgres server in ms: its postmaster, and all its children, also those that ended.
 *
 * @param backend the process id of any connection
 */
export function serverMs(backend: number): number {
  const postmaster = timesOf(backend)?.parent ?? Number.NaN;
  const own = timesOf(postmaster);
  const children = childrenOf(postmaster).map((pid) => timesOf(pid));
  return (own?.ownMs ?? 0) + (own?.endedMs ?? 0) + sum(children.map((times) => times?.ownMs ?? 0));
}

/** Processes that a process has started, and that still run. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => timesOf(pid)?.parent === parent);
}

/** Resident memory of a process in bytes. */
export function residentBytes(pid: number): number {
  const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return Number(pages) * 4_096;
}

function timesOf(pid: number): Times | undefined {
  if (!Number.isInteger(pid)) return undefined;
  try {
    // The name in parentheses may hold spaces.
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=[A-Z] )/);
    const fields = rest.split(' ').map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return {
      parent,
      ownMs: (user + system) * tickMs,
      endedMs: (endedUser + endedSystem) * tickMs,
    };
  } catch {
    return undefined;
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
