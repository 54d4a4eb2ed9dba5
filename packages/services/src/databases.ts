import { createPool, type Pool } from '@counterstep/db/tx';
import { type DatabaseUrls, type ServiceName, services, urlOf } from './services.ts';

export type { DatabaseUrls, ServiceName } from './services.ts';
export { serviceNames, urlsFrom } from './services.ts';

/** One pool per service; none can read another's tables. */
export interface ServiceDatabases extends Readonly<Record<ServiceName, Pool>> {
  end(): Promise<void>;
}

interface Options {
  /** Connections per service at the most; the pool's own default otherwise. */
  readonly size?: number;
  /** Shown in pg_stat_activity before the name of the service. */
  readonly applicationName?: string;
}

/** A stopped process that holds a stock row must not stop everyone: the server lets go of it. */
const limits = { lockTimeoutMs: 1_000, statementTimeoutMs: 5_000, idleInTransactionMs: 1_000 };

/** Opens the services' databases, each under its own role with its own schema as search path. */
export function openServiceDatabases(
  urls: DatabaseUrls,
  { size, applicationName = 'counterstep' }: Options = {},
): ServiceDatabases {
  const open = (service: ServiceName): Pool =>
    createPool({
      url: urlOf(urls, service),
      role: services[service].role,
      searchPath: services[service].schema,
      applicationName: `${applicationName} ${service}`,
      lookupsOnly: true,
      ...(size !== undefined && { size }),
      ...limits,
    });
  const pools = {
    order: open('order'),
    inventory: open('inventory'),
    payment: open('payment'),
    shipment: open('shipment'),
  };
  return {
    ...pools,
    async end() {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
    },
  };
}
