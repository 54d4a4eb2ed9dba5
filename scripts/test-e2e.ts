import path from 'node:path';
import { startBuild } from './stack/build.ts';
import { runCommand } from './stack/command.ts';
import { logFolder, webFolder } from './stack/paths.ts';
import { createTerminal } from './stack/terminal.ts';

// End-to-end tests in a real browser. `--built`: dashboard and worker are up to date already. All
// other arguments go to Playwright, for example the name of a spec.
const args = process.argv.slice(2);
const built = args.includes('--built');
const rest = args.filter((argument) => argument !== '--built');
if (!built) {
  await createTerminal().step('Build', 'dashboard and worker', startBuild(logFolder).done);
}

const command = path.join(webFolder, 'node_modules/@playwright/test/cli.js');
const config = path.join(webFolder, 'playwright.config.ts');
const { ok } = await runCommand(process.execPath, [command, 'test', '--config', config, ...rest], {
  show: true,
});
process.exit(ok ? 0 : 1);
