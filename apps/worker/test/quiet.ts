import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, Queryable } from '@counterstep/db/tx';
import { createServiceBus, groups, sourcesOf } from '@counterstep/services/bus';
import type { ServiceDatabases } from '@counterstep/services/databases';
import { serviceNames, services } from '@counterstep/services/services';

const pollMs = 15;

/**
 * Waits until nothing is left to do anywhere: nothing ready or held back, no message unread or parked
 * for another attempt. Fails with what is left after `msMax`.
 *
 * @param everywhere somebody who may read all schemas; no service may
 */
export async function untilQuiet(everywhere: Queryable, msMax: number): Promise<void> {
  for (const deadline = Date.now() + msMax; ; await delay(pollMs)) {
    const left = await everywhere.query<{ what: string }>(leftSql);
    if (left.length === 0) return;
    const what = [...new Set(left.map((row) => row.what))].join(', ');
    if (Date.now() > deadline) throw new Error(`Still to do after ${msMax} ms: ${what}`);
  }
}

/** Messages that a reader's cursor has not passed. */
const unread = (cursors: string, source: keyof typeof services): string =>
  `select '${cursors} of ${source}' from ${services[source].schema}.outbox o
     join ${cursors} c on c.source = '${source}' and c.partition = o.partition
    where (o.xid, o.id) > (c.cursor_xid, c.cursor_id)`;

const leftSql = [
  `select 'ready' as what from saga.ready`,
  `select 'held message' from saga.held_message`,
  ...serviceNames.map(
    (name) =>
      `select '${name} parked' from ${services[name].schema}.parked where state = 'waiting'`,
  ),
  ...serviceNames.flatMap((source) => [
    unread('saga.tracker_cursor', source),
    ...serviceNames.map((reader) => unread(`${services[reader].schema}.subscription`, source)),
  ]),
].join('\nunion all\n');

/**
 * Waits until no service has anything to say and the tracker has heard it all, wherever their databases
 * are. Fails with what is left after `msMax`.
 */
export async function untilTold(
  at: { readonly saga: Pool; readonly databases: ServiceDatabases },
  msMax: number,
): Promise<void> {
  const bus = createServiceBus(at);
  const readers = groups.flatMap((group) => sourcesOf(group).map((source) => ({ group, source })));
  const said = () => countAll(at.databases, 'select count(*)::int as count from outbox');
  for (const deadline = Date.now() + msMax; ; await delay(pollMs)) {
    // Not one snapshot, since it is several databases: so nothing may be said while it is looked at.
    const before = await said();
    const lags = await Promise.all(readers.map(({ group, source }) => bus.lag(source, group)));
    const parked = await countAll(
      at.databases,
      `select count(*)::int as count from parked where state = 'waiting'`,
    );
    const unread = lags.reduce((sum, { messages }) => sum + messages, 0);
    if (unread + parked === 0 && (await said()) === before) return;
    if (Date.now() > deadline) {
      throw new Error(`After ${msMax} ms ${unread} messages are unread, ${parked} parked.`);
    }
  }
}

async function countAll(databases: ServiceDatabases, sql: string): Promise<number> {
  const rows = await Promise.all(
    serviceNames.map((name) => databases[name].query<{ count: number }>(sql)),
  );
  return rows.flat().reduce((sum, { count }) => sum + count, 0);
}
