import { setTimeout as delay } from 'node:timers/promises';
import type { Queryable } from '@counterstep/db/tx';
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
