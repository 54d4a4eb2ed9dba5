import { aptChromium } from './apt.ts';
import { installedByPlaywright } from './install.ts';
import type { Candidate } from './launch-options.ts';
import { bundledLibraries, packagedChromium } from './packaged.ts';
import { systemBrowser } from './system.ts';

/** Finds one browser, or tells why there is none; may download or unpack it. */
export interface Source {
  readonly name: string;
  find(): Promise<Candidate | string>;
}

/** From what is asked for, over what is there, to what has to be fetched. */
export const sources: readonly Source[] = [
  { name: '$E2E_CHROMIUM', find: () => Promise.resolve(fromEnvironment()) },
  { name: "Playwright's browser", find: () => Promise.resolve({ name: "Playwright's browser" }) },
  { name: 'playwright install', find: installedByPlaywright },
  { name: 'system chromium', find: () => Promise.resolve(systemBrowser()) },
  { name: '@sparticuz/chromium', find: packagedChromium },
  { name: '@sparticuz/chromium with its libraries', find: bundledLibraries },
  { name: 'apt-get install chromium', find: aptChromium },
];

function fromEnvironment(): Candidate | string {
  const executablePath = process.env.E2E_CHROMIUM;
  if (!executablePath) return 'not set';
  return { name: '$E2E_CHROMIUM', executablePath };
}
