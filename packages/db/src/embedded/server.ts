import { readFile, realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { answers, urlOf } from './connect.ts';
import type { Home } from './home.ts';
import { choosePort } from './port.ts';
import { clearPidFile, findPostmaster } from './postmaster.ts';
import { run } from './run.ts';
import type { ServerUser } from './server-user.ts';
import { serverOptions, type Settings } from './settings.ts';

/** After a crash the server replays its log first, which may take a while. */
const startTimeoutSeconds = 120;
const stopTimeoutSeconds = 30;
/** Between the choice of a port and its use, somebody else may take it. */
const startAttemptsMax = 3;
const lookMs = 500;

export interface Server {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
}

/** URL of the maintenance database of a server that runs already, if one does. */
export async function adopt({ home }: Server): Promise<string | undefined> {
  const live = await findPostmaster(home.cluster);
  if (!live) return undefined;
  const password = await readFile(home.passwordFile, 'utf8');
  const url = urlOf(password, live.port, 'postgres');
  const ours = await answers(url, await realpath(home.cluster), startTimeoutSeconds * 1_000);
  return ours ? url : undefined;
}

/**
 * Starts the server; returns the URL of its maintenance database.
 *
 * @param onPort the one and only port to take, because others know it by now
 */
export async function launch(server: Server, settings: Settings, onPort?: number): Promise<string> {
  const { home, binaries, user } = server;
  const password = await readFile(home.passwordFile, 'utf8');
  let said = '';
  for (let attempt = 1; attempt <= startAttemptsMax; attempt += 1) {
    await clearPidFile(home.cluster);
    const port = onPort ?? (await choosePort(home.portFile));
    const result = await run(
      binaries.pgCtl,
      [
        'start',
        '-w',
        '-t',
        `${startTimeoutSeconds}`,
        '-D',
        home.cluster,
        '-l',
        home.logFile,
      ].concat('-o', serverOptions(settings, port)),
      user,
    );
    const url = urlOf(password, port, 'postgres');
    if (result.code === 0 && (await answers(url, await realpath(home.cluster), 10_000))) return url;
    said = result.output;
  }
  const log = await readFile(home.logFile, 'utf8').catch(() => '');
  throw new Error(
    `The embedded Postgres does not start.\n${said}\n${log.split('\n').slice(-15).join('\n')}`,
  );
}

/** Waits until no server lives on the cluster. */
export async function untilEnded({ home }: Server, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await findPostmaster(home.cluster))) {
    await sleep(lookMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Stops the server of a cluster, if it runs; open connections are ended. */
export async function shutDown({ home, binaries, user }: Server): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!(await findPostmaster(home.cluster))) return;
    const options = ['-w', '-t', `${stopTimeoutSeconds}`, '-m', mode, '-D', home.cluster];
    await run(binaries.pgCtl, ['stop', ...options], user);
  }
  if (await findPostmaster(home.cluster)) {
    throw new Error(`The embedded Postgres in ${home.cluster} does not stop.`);
  }
}
