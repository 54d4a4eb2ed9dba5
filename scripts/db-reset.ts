import { rm, rmdir } from 'node:fs/promises';
import { removeEmbedded } from '@counterstep/db/embedded';
import { readCommandLine } from './command-line/command.ts';
import { claimFolder } from './stack/claim.ts';
import { checkOurs } from './stack/our-folder.ts';
import { databaseFolder, dataFolder, logFolder, reportFolder, shown } from './stack/paths.ts';
import { createTerminal } from './stack/terminal.ts';

// Forgets every order, saga and setting of the embedded database.
readCommandLine({
  name: 'pnpm db:reset',
  does: 'forgets every order, saga and setting of the embedded database',
  options: {},
});
const terminal = createTerminal();
if (process.env.DATABASE_URL) {
  terminal.warn('DATABASE_URL is set; that database stays as it is. This resets the embedded one.');
}
try {
  await terminal.step('Reset', `emptying ${shown(dataFolder)}`, reset(), () => {
    return `${shown(dataFolder)} is emptied; the next start begins with an empty database`;
  });
} catch (error) {
  terminal.warn(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function reset(): Promise<void> {
  const release = await claimFolder(dataFolder, 'pnpm db:reset');
  try {
    await checkOurs(databaseFolder);
    await removeEmbedded(databaseFolder);
    // Ours alone: DATA_DIR may be a folder that holds other things too.
    for (const folder of [logFolder, reportFolder])
      await rm(folder, { recursive: true, force: true });
  } finally {
    await release();
  }
  await rmdir(dataFolder).catch(() => undefined);
}
