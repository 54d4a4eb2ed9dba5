import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { removeEmbedded } from '@counterstep/db/embedded';
import { repository } from '../paths.ts';
import { freePort } from '../port.ts';

/** `pnpm start` with a folder and a port of its own, as somebody else would run it. */
export interface Product {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** Resolves once the terminal has shown it. */
  says(text: RegExp): Promise<void>;
  /** Exit code, or the signal that ended it; with all that it has said. */
  readonly ended: Promise<{ readonly how: number | string | null; readonly said: string }>;
}

export interface ProductOptions {
  readonly dataDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Command and arguments; the start script itself without them. */
  readonly command?: readonly [string, ...string[]];
}

/** A start that has to build takes most of it. */
const patienceMs = 150_000;
const started: Product[] = [];

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'counterstep-start-')));
  const port = await freePort();
  const script = [process.execPath, '--import', 'tsx', 'scripts/start.ts'] as const;
  const [command, ...args] = options.command ?? script;
  const child = spawn(command, args, {
    cwd: repository,
    env: { ...outerEnvironment(), DATA_DIR: dataDir, PORT: `${port}`, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the end of the test reaches all of it.
    detached: true,
  });
  let said = '';
  const heard = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += stripVTControlCharacters(text);
      heard.emit('more');
    });
  }
  // `close`: all that write to it have ended, and everything has been read.
  const ended = once(child, 'close').then(([code, signal]) => {
    heard.emit('over');
    return { how: (code ?? signal) as number | string | null, said };
  });
  const says = (text: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const missing = () => {
        clearTimeout(timer);
        reject(new Error(`It has not said ${text}:\n${said}`));
      };
      const timer = setTimeout(missing, patienceMs);
      const look = () => {
        if (!text.test(said)) return;
        clearTimeout(timer);
        heard.off('more', look).off('over', missing);
        resolve();
      };
      heard.on('more', look).once('over', missing);
      look();
    });
  const url = `http://127.0.0.1:${port}`;
  const product: Product = { url, dataDir, process: child, says, ended };
  started.push(product);
  return product;
}

/** Process of its database server, as the pid file names it; a proper end removes that file. */
export async function postmasterOf({ dataDir }: Product): Promise<number | undefined> {
  const folder = path.join(dataDir, 'postgres');
  const elsewhere = await readFile(path.join(folder, 'location'), 'utf8').catch(() => folder);
  const file = path.join(elsewhere.trim(), 'cluster/postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.split('\n', 1)[0]);
}

/** Ends whatever still runs, and removes what it left. */
export async function endProducts(): Promise<void> {
  const products = started.splice(0);
  for (const { process: child } of products) endGroup(child);
  await Promise.all(products.map(({ ended }) => ended));
  for (const dataDir of new Set(products.map((product) => product.dataDir))) {
    await removeEmbedded(path.join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  }
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended.
  }
}

/** Without what the test runner, and the package manager above it, have set. */
function outerEnvironment(): NodeJS.ProcessEnv {
  const inner =
    /^(NODE_ENV|NODE_OPTIONS|VITEST.*|TEST|DEV|PROD|SSR|MODE|BASE_URL|npm_.*|COUNTERSTEP_.*|.*DATABASE_URL)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inner.test(name)));
}
