import { type Closer, createCloser } from './closer.ts';
import { findCallers, onCallersEnd } from './callers.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const forcedExitMs = 3_000;
/** As the worker's: starting again helps only after something has been changed. */
const mustChange = 2;
/** One Ctrl-C may arrive twice: from the terminal, and from the package manager. */
const samePressMs = 500;

export interface Context {
  readonly terminal: Terminal;
  readonly closer: Closer;
  /** Makes closing skip its grace. */
  readonly hurry: AbortSignal;
}

/**
 * Runs a command that stays up until Ctrl-C, SIGTERM or the end of the package manager that runs it,
 * and then undoes what it did. A second Ctrl-C does not wait any more.
 */
export async function runUntilStopped(work: (context: Context) => Promise<void>): Promise<void> {
  const terminal = createTerminal();
  const closer = createCloser((error) => terminal.warn(message(error)));
  const hurry = new AbortController();
  let stopping = false;
  let stoppingSince = 0;

  const stop = async () => {
    if (stopping) {
      if (performance.now() - stoppingSince < samePressMs) return;
      hurry.abort();
      setTimeout(() => process.exit(130), forcedExitMs).unref();
      return;
    }
    stopping = true;
    stoppingSince = performance.now();
    terminal.note('Stopping: workers drain, then dashboard, then database. Ctrl-C again to force.');
    await closer.close();
    terminal.note('Stopped.');
    process.exit(0);
  };
  // The terminal went away: as good as Ctrl-C.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stop());
  onCallersEnd(findCallers(process.argv[1] ?? ''), () => {
    if (!stopping) void stop();
  });
  // What we say then reaches nobody, and that must not keep us from closing.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  try {
    await work({ terminal, closer, hurry: hurry.signal });
  } catch (error) {
    // What fails while stopping fails because of it.
    if (stopping) return;
    stopping = true;
    console.error(`\n  ${message(error)}\n`);
    await closer.close();
    process.exit(error instanceof UsageError ? mustChange : 1);
  }
}

function message(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  if (error instanceof Error) {
    return process.env.DEBUG ? (error.stack ?? error.message) : error.message;
  }
  return String(error);
}
