import { runOperation } from '@counterstep/db/barrier';
import { createTestDatabase } from '@counterstep/db/testing';
import { createPool, type Pool } from '@counterstep/db/tx';
import type { Command, Outcome } from '@counterstep/saga-core/participant';
import { openServiceDatabases, type ServiceDatabases } from '../src/databases.ts';
import type { OrderInput } from '../src/order/contract.ts';
import { serviceOperations } from '../src/participants.ts';
import { uuidV7 } from '../src/place-order/ids.ts';
import type { ServiceName } from '../src/services.ts';
import { commandFor } from './orders.ts';

export { anOrder, commandFor, forward } from './orders.ts';

/** All services and the saga schema on a migrated database of their own. */
export interface TestServices {
  readonly url: string;
  readonly databases: ServiceDatabases;
  /** Sees and may change everything, past the services' roles. */
  readonly owner: Pool;
  stop(): Promise<void>;
}

export async function startServices(size = 4): Promise<TestServices> {
  const { url, drop } = await createTestDatabase();
  const databases = openServiceDatabases({ main: url }, { size });
  const owner = createPool({ url, searchPath: 'saga', applicationName: 'test', size: 2 });
  return {
    url,
    databases,
    owner,
    async stop() {
      await Promise.all([databases.end(), owner.end()]);
      await drop();
    },
  };
}

export async function stock(owner: Pool, levels: Readonly<Record<string, number>>): Promise<void> {
  await owner.query(
    `insert into inventory.stock (sku, name, unit_price, on_hand)
     select sku, sku, 100, on_hand from unnest($1::text[], $2::int[]) as s (sku, on_hand)`,
    [Object.keys(levels), Object.values(levels)],
  );
}

/** Runs commands of one operation as one batch. */
export async function run(
  { databases }: Pick<TestServices, 'databases'>,
  ...commands: readonly Command[]
): Promise<Outcome[]> {
  const name = commands[0]?.operation ?? '';
  const service = name.split('.', 1)[0] as ServiceName;
  const operation = serviceOperations[service].find(({ contract }) => contract.name === name);
  if (!operation) throw new Error(`There is no operation "${name}".`);
  return runOperation(databases[service], operation, commands);
}

export async function runOne(services: TestServices, command: Command): Promise<Outcome> {
  const [outcome] = await run(services, command);
  if (!outcome) throw new Error('No outcome.');
  return outcome;
}

/** Walks an order forward through the named steps; each must apply. Returns the saga's id. */
export async function walk(
  services: TestServices,
  input: OrderInput,
  steps: readonly string[],
  sagaId: string = uuidV7(),
): Promise<string> {
  for (const step of steps) {
    const outcome = await runOne(services, commandFor(sagaId, step, input));
    if (outcome.kind !== 'applied') throw new Error(`${step}: ${JSON.stringify(outcome)}`);
  }
  return sagaId;
}

/** Undoes the named steps; each counter-step must apply. */
export async function walkBack(
  services: TestServices,
  sagaId: string,
  input: OrderInput,
  steps: readonly string[],
): Promise<void> {
  for (const step of steps) {
    const outcome = await runOne(services, commandFor(sagaId, step, input, 'compensation'));
    if (outcome.kind !== 'applied') throw new Error(`undo ${step}: ${JSON.stringify(outcome)}`);
  }
}
