import path from 'node:path';
import { type Child, startChild } from './child.ts';
import { lastLines } from './log-file.ts';
import { repository } from './paths.ts';
import { turboBinary, turboEnvironment } from './turbo.ts';

export interface Build {
  readonly done: Promise<void>;
  cancel(): Promise<void>;
}

/** Builds dashboard and worker; what has not changed comes from the cache. */
export function startBuild(logFolder: string): Build {
  const child: Child = startChild({
    name: 'build',
    args: [
      path.join(import.meta.dirname, 'leash.mjs'),
      turboBinary(),
      'run',
      'build',
      '--output-logs=new-only',
      '--log-prefix=none',
    ],
    cwd: repository,
    env: turboEnvironment(),
    logFile: path.join(logFolder, 'build.log'),
  });
  const done = child.exited.then((how) => {
    if (how === 'exit code 0') return;
    throw new Error(`The build failed (${how}).\n${lastLines(child.logFile, 40)}`);
  });
  // Awaited later; a failure until then is no unhandled rejection.
  done.catch(() => undefined);
  return { done, cancel: () => child.stop(5_000) };
}
