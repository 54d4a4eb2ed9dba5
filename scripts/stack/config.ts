import { outboxHoursFrom, retentionFrom } from '@counterstep/db/retention';
import { stallPolicyFrom } from '@counterstep/db/tracker';
import { UsageError } from './usage-error.ts';

export interface ServiceUrls {
  readonly order?: string;
  readonly inventory?: string;
  readonly payment?: string;
  readonly shipment?: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly workers: number;
  /** Undefined: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  readonly serviceUrls: ServiceUrls;
}

type Environment = Readonly<Record<string, string | undefined>>;

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);
const workersMax = 64;

/** What the user asked for. Throws a `UsageError` for what cannot or must not be done. */
export function readConfig(env: Environment): Config {
  const host = env.HOST || '127.0.0.1';
  if (!loopback.has(host) && !env.COUNTERSTEP_OPERATOR_TOKEN) {
    throw new UsageError(
      `HOST=${host} opens the dashboard to other machines, and whoever reaches it may operate sagas. ` +
        'Set COUNTERSTEP_OPERATOR_TOKEN to a secret of your own first, or leave HOST unset.',
    );
  }
  checkPolicies(env);
  return {
    host,
    port: wholeNumber(env, 'PORT', 3000, 1, 65_535),
    workers: wholeNumber(env, 'WORKERS', 1, 1, workersMax),
    databaseUrl: postgresUrl(env, 'DATABASE_URL'),
    serviceUrls: readServiceUrls(env),
  };
}

/** The workers read it themselves; here it is said before anything is built. */
function checkPolicies(env: Environment): void {
  try {
    retentionFrom(env);
    outboxHoursFrom(env);
    stallPolicyFrom(env);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function readServiceUrls(env: Environment): ServiceUrls {
  const order = postgresUrl(env, 'ORDER_DATABASE_URL');
  const inventory = postgresUrl(env, 'INVENTORY_DATABASE_URL');
  const payment = postgresUrl(env, 'PAYMENT_DATABASE_URL');
  const shipment = postgresUrl(env, 'SHIPMENT_DATABASE_URL');
  return {
    ...(order ? { order } : {}),
    ...(inventory ? { inventory } : {}),
    ...(payment ? { payment } : {}),
    ...(shipment ? { shipment } : {}),
  };
}

function wholeNumber(
  env: Environment,
  name: string,
  otherwise: number,
  min: number,
  max: number,
): number {
  const text = env[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`${name}=${text}: give a whole number from ${min} to ${max}.`);
}

function postgresUrl(env: Environment, name: string): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  // Not the value: it may hold a password.
  throw new UsageError(
    `${name} is no URL of the form postgres://user:password@host:port/database.`,
  );
}
