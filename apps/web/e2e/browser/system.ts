import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Candidate } from './launch-options.ts';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome-headless-shell',
];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export function systemBrowser(): Candidate | string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const files = commands.flatMap((command) => folders.map((folder) => path.join(folder, command)));
  const executablePath = [...files, ...applications].find((file) => existsSync(file));
  return executablePath ? { name: executablePath, executablePath } : 'none on the PATH';
}
