import path from 'node:path';
import { startEmbedded } from '@counterstep/db/embedded';
import { migrateEverything } from '@counterstep/services/migrate';
import { seedCatalogue } from '@counterstep/services/seed';
import type { Config, ServiceUrls } from './config.ts';
import { keepEmbedded } from './keep-embedded.ts';
import { checkOurs } from './our-folder.ts';
import { databaseFolder, shown } from './paths.ts';
import { reach } from './reach.ts';
import type { Terminal } from './terminal.ts';

export interface Database {
  readonly url: string;
  readonly description: string;
  /** Starts the embedded server again whenever it dies; a server of the user's own is theirs to keep. */
  keep(terminal: Terminal): void;
  stop(): Promise<void>;
}

/** What opening it takes. */
export function openingOf({ databaseUrl }: Config): string {
  return databaseUrl ? 'connecting to DATABASE_URL' : 'starting Postgres';
}

/** The user's own server, or else the embedded one. */
export async function openDatabase(config: Config): Promise<Database> {
  await reachAll(config);
  if (config.databaseUrl) {
    const { hostname, port, pathname } = new URL(config.databaseUrl);
    const description = `${hostname}:${port || 5432}${pathname}, from DATABASE_URL`;
    const stop = () => Promise.resolve();
    return { url: config.databaseUrl, description, keep: () => undefined, stop };
  }
  await checkOurs(databaseFolder);
  const embedded = await startEmbedded({ dataDir: databaseFolder });
  let stop = () => embedded.stop();
  return {
    url: embedded.url,
    description: `embedded Postgres in ${shown(path.dirname(embedded.logFile))}`,
    keep: (terminal) => {
      stop = keepEmbedded(embedded, terminal);
    },
    stop: () => stop(),
  };
}

/** Those that the user has given; here, so that nothing is done before one is known to be wrong. */
async function reachAll({ databaseUrl, serviceUrls }: Config): Promise<void> {
  if (databaseUrl) await reach('DATABASE_URL', databaseUrl);
  for (const [service, url] of Object.entries<string>({ ...serviceUrls })) {
    await reach(`${service.toUpperCase()}_DATABASE_URL`, url);
  }
}

/** Brings the schemas up to date and puts the catalogue in. */
export async function prepareDatabase(url: string, services: ServiceUrls): Promise<void> {
  const urls = { main: url, ...services };
  await migrateEverything(urls);
  await seedCatalogue(urls);
}
