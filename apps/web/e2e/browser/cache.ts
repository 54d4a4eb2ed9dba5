import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Candidate } from './launch-options.ts';

/** Shared by all checkouts: the search may unpack or install a browser of 200 MB. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.join(base, 'counterstep');
}

const file = () => path.join(cacheFolder(), 'browser.json');

export async function readCached(): Promise<Candidate | undefined> {
  try {
    return JSON.parse(await readFile(file(), 'utf8')) as Candidate;
  } catch {
    return undefined;
  }
}

export async function writeCached(candidate: Candidate): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(file(), `${JSON.stringify(candidate, null, 2)}\n`);
}
