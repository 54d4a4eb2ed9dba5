/** The four services, and where each keeps its data: its own schema, reached by its own role. */
export const services = {
  order: { schema: 'orders', role: 'counterstep_order' },
  inventory: { schema: 'inventory', role: 'counterstep_inventory' },
  payment: { schema: 'payment', role: 'counterstep_payment' },
  shipment: { schema: 'shipment', role: 'counterstep_shipment' },
} as const;

export type ServiceName = keyof typeof services;

export const serviceNames = [
  'order',
  'inventory',
  'payment',
  'shipment',
] as const satisfies readonly ServiceName[];

/** `main` holds the sagas, and every service that has no URL of its own. */
export interface DatabaseUrls {
  readonly main: string;
  readonly order?: string;
  readonly inventory?: string;
  readonly payment?: string;
  readonly shipment?: string;
}

export function urlOf(urls: DatabaseUrls, service: ServiceName): string {
  return urls[service] ?? urls.main;
}

/**
 * Reads `DATABASE_URL` and the services' own `ORDER_DATABASE_URL` … from an environment.
 *
 * @throws when `DATABASE_URL` is missing
 */
export function urlsFrom(env: Readonly<Record<string, string | undefined>>): DatabaseUrls {
  const main = env['DATABASE_URL'];
  if (!main) {
    throw new Error(
      'DATABASE_URL is not set. Use the start command, which brings its own Postgres, or give the ' +
        'URL of a database, for instance postgres://user:password@127.0.0.1:5432/counterstep.',
    );
  }
  const own = serviceNames.flatMap((service) => {
    const url = env[`${service.toUpperCase()}_DATABASE_URL`];
    return url ? [[service, url] as const] : [];
  });
  return { main, ...Object.fromEntries(own) };
}
