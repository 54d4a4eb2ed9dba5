import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';

/** Sets the logs of the last start aside; a process that still writes to one goes on in the file set aside. */
export function emptyLogs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.log') || name.endsWith('.previous.log')) continue;
    renameSync(path.join(folder, name), path.join(folder, name.replace(/\.log$/, '.previous.log')));
  }
}

/** The end of a log, indented; empty when there is none. */
export function lastLines(file: string, count: number): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return '';
  }
  const lines = text.trimEnd().split('\n').slice(-count);
  return lines.map((line) => `    ${line}`).join('\n');
}
