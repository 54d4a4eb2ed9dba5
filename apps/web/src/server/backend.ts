import { createHub, type Hub } from '@counterstep/db/feed';
import { createPool, type Pool } from '@counterstep/db/tx';
import type { MessageBus } from '@counterstep/saga-core/choreography';
import { createServiceBus } from '@counterstep/services/bus';
import {
  openServiceDatabases,
  type ServiceDatabases,
  urlsFrom,
} from '@counterstep/services/databases';
import type { Desk } from '@counterstep/services/place-order';

/** Everything that procedures reach the database through. */
export interface Backend {
  readonly pool: Pool;
  readonly databases: ServiceDatabases;
  readonly desk: Desk;
  readonly hub: Hub;
  /** Asked for its lag only: workers read. */
  readonly bus: MessageBus;
}

// Next bundles each route on its own, so a module's own variable would exist once per route.
const shared = globalThis as typeof globalThis & { counterstepBackend?: Backend };

export function backend(): Backend {
  shared.counterstepBackend ??= open();
  return shared.counterstepBackend;
}

function open(): Backend {
  const urls = urlsFrom(process.env);
  const url = urls.main;
  const pool = createPool({
    url,
    searchPath: 'saga',
    applicationName: 'counterstep-web',
    size: 6,
  });
  const databases = openServiceDatabases(urls, { size: 3, applicationName: 'counterstep-web' });
  const hub = createHub({ url, pool, onError: report });
  // Without its listener the hub still polls while somebody watches.
  hub.start().catch(report);
  const bus = createServiceBus({ saga: pool, databases });
  return { pool, databases, desk: { saga: pool, databases }, hub, bus };
}

function report(error: unknown): void {
  console.error('change feed:', error);
}
