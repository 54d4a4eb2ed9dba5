import { existsSync } from 'node:fs';
import { run } from './install.ts';
import type { Candidate } from './launch-options.ts';
import { systemBrowser } from './system.ts';

const updateTimeoutMs = 120_000;
const installTimeoutMs = 300_000;

/** The last resort: as root on Debian and its kin, the distribution's own browser. */
export async function aptChromium(): Promise<Candidate | string> {
  if (process.getuid?.() !== 0) return 'needs root';
  if (!existsSync('/usr/bin/apt-get')) return 'no apt-get here';
  const problem =
    (await run('apt-get', ['update', '-qq'], updateTimeoutMs)) ??
    (await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      installTimeoutMs,
    ));
  return problem ?? systemBrowser();
}
