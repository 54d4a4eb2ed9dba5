import { setTimeout as sleep } from 'node:timers/promises';
import { openSingle } from '../tx/single.ts';
import { superuser } from './init-cluster.ts';

export function urlOf(password: string, port: number, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

/** Waits until the server takes our password and serves the cluster we mean. False at the deadline. */
export async function answers(url: string, cluster: string, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const folder = await dataDirectory(url);
    if (folder !== undefined) return folder === cluster;
    if (Date.now() > deadline) return false;
    await sleep(100);
  }
}

async function dataDirectory(url: string): Promise<string | undefined> {
  const sql = openSingle(url, { connectTimeoutS: 5 });
  try {
    const [row] = await sql`select current_setting('data_directory') as folder`;
    return String(row?.folder);
  } catch {
    return undefined;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

export async function ensureDatabase(url: string, name: string): Promise<void> {
  const sql = openSingle(url);
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
