import type { Embedded } from '@counterstep/db/embedded';
import { type Process, supervise } from './supervise.ts';
import type { Terminal } from './terminal.ts';

/** Starts the embedded server again whenever it dies, until the returned function stops it. */
export function keepEmbedded(embedded: Embedded, terminal: Terminal): () => Promise<void> {
  const revived = () =>
    serverProcess(
      embedded,
      embedded.revive().then((runs) => {
        if (runs) terminal.note('The database runs again.');
      }),
    );
  const kept = supervise(serverProcess(embedded), revived, (text) => terminal.warn(text));
  return () => kept.stop(0);
}

/** No child of ours: it outlives us, and another start may have brought it up. */
function serverProcess(embedded: Embedded, start: Promise<void> = Promise.resolve()): Process {
  const exited = start
    .then(() => embedded.ended())
    .then(
      () => 'its process is gone',
      (error: unknown) =>
        (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '',
    );
  const stop = () => embedded.stop();
  return { name: 'database', logFile: embedded.logFile, exited, stop, kill: stop };
}
