import { rm } from 'node:fs/promises';
import { removeEmbedded } from '@counterstep/db/embedded';
import { databaseFolder, dataFolder, shown } from './stack/paths.ts';
import { createTerminal } from './stack/terminal.ts';

// Forgets every order, saga and setting of the embedded database.
const terminal = createTerminal();
if (process.env.DATABASE_URL) {
  terminal.warn('DATABASE_URL is set; that database stays as it is. This resets the embedded one.');
}
try {
  const removal = removeEmbedded(databaseFolder).then(() =>
    rm(dataFolder, { recursive: true, force: true }),
  );
  await terminal.step('Reset', `removing ${shown(dataFolder)}`, removal, () => {
    return `${shown(dataFolder)} is gone; the next start begins with an empty database`;
  });
} catch (error) {
  terminal.warn(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
