import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openSingle } from '../../src/tx/single.ts';

const launcher = fileURLToPath(new URL('./launcher.ts', import.meta.url));

export interface Holder {
  readonly url: string;
  /** Asks it to stop, and waits until it is gone. */
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Another process that has started the embedded database. */
export async function startHolder(dataDir: string): Promise<Holder> {
  const child = fork(launcher, [dataDir], { execArgv: ['--import', 'tsx'] });
  const url = await firstMessage(child);
  const ended = once(child, 'exit');
  return {
    url,
    stop: async () => {
      child.send('stop');
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function firstMessage(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`The launcher ended with ${code}.`)));
  });
}

/** First column of the first row; undefined when nothing answers. */
export async function ask(url: string, statement: string): Promise<unknown> {
  const sql = openSingle(url, { connectTimeoutS: 3 });
  try {
    const [row] = await sql.unsafe(statement);
    return row ? Object.values(row)[0] : null;
  } catch {
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
