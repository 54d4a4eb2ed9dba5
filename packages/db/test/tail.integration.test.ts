import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { appendMessages } from '../src/bus/index.ts';
import type { Limits, Page } from '../src/bus/page.ts';
import { type CursorTable, ensureCursors, freePartitions } from '../src/bus/partitions.ts';
import { createTail, type Tail } from '../src/bus/tail.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { messageOf } from './messages.ts';

let database: TestDatabase;
let outbox: Pool;
let cursors: CursorTable;
/** All messages of a test are in one partition. */
const sagaId = randomUUID();
const member = randomUUID();
let tail: Tail;

beforeAll(async () => {
  database = await createTestDatabase();
  outbox = createPool({
    url: database.url,
    role: 'counterstep_order',
    searchPath: 'orders',
    applicationName: 'tail-test',
  });
  cursors = { db: outbox, table: 'subscription', source: 'order' };
  await ensureCursors(cursors);
});

afterAll(async () => {
  await outbox.end();
  await database.drop();
});

beforeEach(async () => {
  await settle(tail);
  tail = await open();
});

async function open(): Promise<Tail> {
  const opened = createTail({ outbox, cursors, member });
  await opened.lease({ atMost: 8 });
  return opened;
}

/** As after a worker's end: only what was stored is left. */
async function reopen(): Promise<Tail> {
  await freePartitions(cursors, [member]);
  return open();
}

/** Handles whatever a test has left. */
async function settle(last: Tail | undefined): Promise<void> {
  if (!last) return;
  last.moveOn(await last.read(), new Map());
  await last.store();
}

const say = async (db: Pick<Pool, 'query'> = outbox): Promise<string> => {
  const [appended] = await appendMessages(db, [messageOf(sagaId)]);
  // The next one bears a later time.
  await db.query('select pg_sleep(0.002)');
  return appended?.messageId ?? '';
};

const found = (page: Page) => [...page.byPartition.values()].flat();
const idsOf = (page: Page) => found(page).map(({ message }) => message?.messageId);

/** Up to that message, counted from the beginning of the page. */
function upTo(page: Page, index: number): Limits {
  const last = found(page)[index];
  if (!last) throw new Error(`The page has no message ${index}.`);
  return new Map([[last.partition, last.at]]);
}

const nothingOf = (page: Page): Limits =>
  new Map(found(page).map(({ partition }) => [partition, new Date(0).toISOString()]));

it('goes on after what was handled, from memory and from what was stored', async () => {
  const said = [await say(), await say(), await say()];
  const page = await tail.read();
  expect(idsOf(page)).toEqual(said);
  tail.moveOn(page, upTo(page, 1));
  expect(idsOf(await tail.read())).toEqual(said.slice(2));
  await tail.store();
  expect(idsOf(await (await reopen()).read())).toEqual(said.slice(2));
});

it.each([
  ['some', 1],
  ['all', 0],
])('passes none of what has to wait: %s, with a later one handled before', async (_, handled) => {
  const said = await outbox.transaction(async (tx) => {
    const first = await say(tx);
    const later = await say();
    const page = await tail.read();
    expect(idsOf(page)).toEqual([later]);
    // Its transaction is above one that still runs: handled, and remembered.
    tail.moveOn(page, new Map());
    return [first, await say(tx)];
  });
  const page = await tail.read();
  expect(idsOf(page)).toEqual(said);
  tail.moveOn(page, handled > 0 ? upTo(page, handled - 1) : nothingOf(page));
  await tail.store();
  const left = said.slice(handled);
  expect(idsOf(await tail.read())).toEqual(left);
  expect(idsOf(await (await reopen()).read())).toEqual(expect.arrayContaining(left));
});
