import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, openSingle } from '@counterstep/db/tx';
import { UsageError } from './usage-error.ts';

const versionMin = 15;
const connectTimeoutS = 5;
const answerMs = 8_000;

/**
 * Connects to a server of the user's own for a moment.
 *
 * @param variable that holds the URL
 * @throws a `UsageError` that says what to change, without the password
 */
export async function reach(variable: string, url: string): Promise<void> {
  const version = await versionOf(url).catch((error: unknown) => {
    throw new UsageError(`${variable}: ${explain(error, new URL(url))}`);
  });
  if (version >= versionMin) return;
  throw new UsageError(
    `${variable}: the server is Postgres ${version}. Use one of version ${versionMin} or newer.`,
  );
}

async function versionOf(url: string): Promise<number> {
  const sql = openSingle(url, { connectTimeoutS });
  const asking = sql<[{ version: number }]>`
    select current_setting('server_version_num')::int / 10000 as version`;
  // What takes connections and is no Postgres would be asked for ever.
  const giveUp = new AbortController();
  const late = sleep(answerMs, undefined, { signal: giveUp.signal }).then(() => {
    throw new Error(`no answer within ${answerMs / 1_000} s`);
  });
  try {
    const [row] = await Promise.race([asking, late]);
    return row.version;
  } finally {
    giveUp.abort();
    late.catch(() => undefined);
    asking.catch(() => undefined);
    await sql.end({ timeout: 1 });
  }
}

function explain(error: unknown, url: URL): string {
  const at = `${url.hostname}:${url.port || 5432}`;
  const code = codeOf(error) ?? '';
  const user = decoded(url.username);
  const database = decoded(url.pathname.slice(1));
  if (code.startsWith('28')) {
    return `Postgres at ${at} refuses the user "${user}". Change user or password.`;
  }
  if (code === '3D000') {
    return `Postgres at ${at} has no database "${database}". Create it, or change the name.`;
  }
  // The code of any other answer of the server; EPIPE and its like are none.
  if (/^(?=.*\d)[0-9A-Z]{5}$/.test(code)) return `Postgres at ${at} says “${messageOf(error)}”.`;
  return `no Postgres answers at ${at} (${code || messageOf(error)}). Start it, or change host or port.`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // As it was typed: a percent sign may stand for itself.
    return text;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
