import { startEmbedded } from '@counterstep/db/embedded';
import { migrateEverything } from '@counterstep/services/migrate';
import { seedCatalogue } from '@counterstep/services/seed';
import type { Config, ServiceUrls } from './config.ts';
import { keepEmbedded } from './keep-embedded.ts';
import { databaseFolder, shown } from './paths.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface Database {
  readonly url: string;
  readonly description: string;
  /** Starts the embedded server again whenever it dies; a server of the user's own is theirs to keep. */
  keep(terminal: Terminal): void;
  stop(): Promise<void>;
}

/** The user's own server, or else the embedded one. */
export async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl) {
    const { hostname, port, pathname } = new URL(config.databaseUrl);
    const description = `${hostname}:${port || 5432}${pathname}, from DATABASE_URL`;
    const stop = () => Promise.resolve();
    return { url: config.databaseUrl, description, keep: () => undefined, stop };
  }
  const embedded = await startEmbedded({ dataDir: databaseFolder });
  let stop = () => embedded.stop();
  return {
    url: embedded.url,
    description: `embedded Postgres in ${shown(databaseFolder)}`,
    keep: (terminal) => {
      stop = keepEmbedded(embedded, terminal);
    },
    stop: () => stop(),
  };
}

/** Brings the schemas up to date and puts the catalogue in. */
export async function prepareDatabase(url: string, services: ServiceUrls): Promise<void> {
  const urls = { main: url, ...services };
  try {
    await migrateEverything(urls);
    await seedCatalogue(urls);
  } catch (error) {
    const reason = reachability(error);
    if (!reason) throw error;
    throw new UsageError(`The database does not let us in: ${reason} Check DATABASE_URL.`);
  }
}

function reachability(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const refused = /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|CONNECT_TIMEOUT|28...|3D000)$/;
  return refused.test(code) && error instanceof Error ? `${error.message} (${code}).` : undefined;
}
