import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');
/** Everything that running leaves behind; git ignores the usual one. */
export const dataFolder = path.resolve(repository, process.env.DATA_DIR || '.data');
export const databaseFolder = path.join(dataFolder, 'postgres');
export const logFolder = path.join(dataFolder, 'logs');
export const reportFolder = path.join(dataFolder, 'reports');
export const webFolder = path.join(repository, 'apps/web');
export const workerFolder = path.join(repository, 'apps/worker');

/** Path as the user would type it. */
export function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}
