import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Candidate } from './launch-options.ts';

/** Without a way to the download host it fails in seconds; with one, it takes about half a minute. */
const connectionTimeoutMs = 10_000;
const installTimeoutMs = 120_000;

export async function installedByPlaywright(): Promise<Candidate | string> {
  const entry = createRequire(import.meta.url).resolve('@playwright/test');
  const command = path.join(path.dirname(entry), 'cli.js');
  const args = [command, 'install', 'chromium', '--only-shell'];
  const problem = await run(process.execPath, args, installTimeoutMs);
  return problem ?? { name: 'playwright install' };
}

/** Undefined when the command succeeds, otherwise the last line it said. */
export function run(
  command: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      env: {
        ...process.env,
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: `${connectionTimeoutMs}`,
        DEBIAN_FRONTEND: 'noninteractive',
      },
    });
    let output = '';
    const collect = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => {
      // Downloads run in children of their own.
      if (child.pid) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      resolve(`no end after ${timeoutMs / 1000} s`);
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      const said = output.split('\n').find((line) => /error|failed/i.test(line));
      resolve(code === 0 ? undefined : (said?.trim() ?? `exit code ${code}`));
    });
  });
}
