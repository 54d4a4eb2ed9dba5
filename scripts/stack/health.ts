import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';
import { lastLines } from './log-file.ts';

/** Long enough for a slow disk; a start that takes longer hangs. */
const timeoutMs = 90_000;

interface Answer {
  readonly status?: string;
  readonly instance?: string;
  readonly reason?: string;
}

/** Where this machine reaches a server that listens on `host`. */
export function urlFor(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/**
 * Waits until the dashboard says that it, the database and a worker are up. `instance` tells our
 * dashboard from another one behind the same port.
 */
export async function waitUntilHealthy(url: string, instance: string, web: Child): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let reason = 'it does not answer';
  while (Date.now() < deadline) {
    if (!web.running()) {
      throw new Error(
        `The dashboard ended while starting (${await web.exited}).\n${lastLines(web.logFile, 20)}`,
      );
    }
    const answer = await askHealth(url);
    if (answer && answer.instance !== instance) reason = 'another server answers behind its port';
    else if (answer?.status === 'ok') return;
    else if (answer) reason = answer.reason ?? 'it answers without a status';
    await sleep(100);
  }
  throw new Error(
    `The dashboard is not ready after ${timeoutMs / 1000} s: ${reason}\n${lastLines(web.logFile, 20)}`,
  );
}

async function askHealth(url: string): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) });
    return (await response.json()) as Answer;
  } catch {
    return undefined;
  }
}
