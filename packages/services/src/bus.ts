import { createPostgresBus, type CursorTable } from '@counterstep/db/bus';
import { trimOutbox } from '@counterstep/db/retention';
import type { Pool } from '@counterstep/db/tx';
import type { MessageBus } from '@counterstep/saga-core/choreography';
import type { ServiceDatabases } from './databases.ts';
import { placeOrderChoreography } from './place-order/index.ts';
import { type ServiceName, serviceNames } from './services.ts';

/** The group that makes choreographed sagas visible; every other group is a service. */
export const trackerGroup = 'tracker';

export type Group = ServiceName | typeof trackerGroup;

export const groups: readonly Group[] = [...serviceNames, trackerGroup];

/** Services whose messages a group reads: those that it reacts to; the tracker reads all. */
export function sourcesOf(group: Group): readonly ServiceName[] {
  if (group === trackerGroup) return serviceNames;
  return serviceNames.filter((source) =>
    placeOrderChoreography.reactions.some(
      ({ service, on }) => service === group && on.service === source,
    ),
  );
}

interface Databases {
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
}

/** The bus of the four services on Postgres: each group keeps its places in its own database. */
export function createServiceBus(at: Databases): MessageBus {
  return createPostgresBus({
    outboxOf: (source) => at.databases[known(source)],
    placesOf: (group) => placesOf(at, group),
  });
}

function placesOf({ saga, databases }: Databases, group: string): Omit<CursorTable, 'source'> {
  return group === trackerGroup
    ? { db: saga, table: 'saga.tracker_cursor' }
    : { db: databases[known(group)], table: 'subscription' };
}

/**
 * Deletes from all outboxes what every reader has passed and whose saga ended so many hours ago. Returns
 * how many messages went.
 */
export async function trimOutboxes(
  at: Databases,
  hours: number,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let deleted = 0;
  for (const source of serviceNames) {
    const readers = groups
      .filter((group) => sourcesOf(group).includes(source))
      .map((group) => ({ ...placesOf(at, group), source }));
    const outbox = at.databases[source];
    deleted += await trimOutbox({ saga: at.saga, outbox, readers, hours, isStopping });
  }
  return deleted;
}

function known(name: string): ServiceName {
  const service = serviceNames.find((each) => each === name);
  if (!service) throw new Error(`There is no service "${name}".`);
  return service;
}
