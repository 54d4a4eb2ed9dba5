import { randomUUID } from 'node:crypto';
import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createMemory, foldMessages } from '../src/tracker/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { flows, story, unknownReport } from './parcel.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({
    url: database.url,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: 'tracker-test',
    acquireTimeoutMs: 20_000,
  });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const fold = (messages: readonly RecordedMessage[]) => foldMessages(pool, flows, messages);

async function logOf(sagaId: string): Promise<string[]> {
  const rows = await pool.query<{ type: string }>(
    'select type from saga.event where saga_id = $1 order by seq',
    [sagaId],
  );
  return rows.map((row) => row.type);
}

const wholeLog = [
  'SagaAccepted',
  'StepDispatched',
  'StepSucceeded',
  'PivotCommitted',
  'StepDispatched',
  'StepSucceeded',
  'SagaCompleted',
];

describe('the tracker', () => {
  it.each([
    [[0, 1, 2]],
    [[0, 2, 1]],
    [[1, 0, 2]],
    [[1, 2, 0]],
    [[2, 0, 1]],
    [[2, 1, 0]],
    [[2, 2, 1, 0, 1, 0]],
  ])('folds the same log from any order, copies included: %j', async (order) => {
    const sagaId = randomUUID();
    const messages = story(sagaId);
    for (const index of order) await fold(messages.filter((_, at) => at === index));
    expect(await logOf(sagaId)).toEqual(wholeLog);
  });

  /** The last attempt at `send` committed, but its reply was lost: its service gave up on it. */
  const gaveUp = (sagaId: string, cause: RecordedMessage): RecordedMessage => ({
    ...cause,
    messageId: randomUUID(),
    sagaId,
    type: 'send/attempt-failed',
    depth: 2,
    causationId: cause.messageId,
    step: 'send',
    report: {
      kind: 'attempt-failed',
      direction: 'action',
      attempt: 5,
      failure: 'unknown',
      error: { code: 'LOST', message: 'No reply.' },
      retryAt: null,
      isStuck: true,
    },
  });

  it.each(['before', 'after'])(
    'completes a saga whose service gave up %s its effect was heard of',
    async (when) => {
      const sagaId = randomUUID();
      const [first, second, third] = story(sagaId);
      const notice = gaveUp(sagaId, second);
      const order =
        when === 'before' ? [first, second, notice, third] : [first, second, third, notice];
      for (const message of order) await fold([message]);
      const [instance] = await pool.query<{ status: string }>(
        'select status from saga.instance where id = $1',
        [sagaId],
      );
      expect(instance?.status).toBe('completed');
      expect((await logOf(sagaId)).includes('SagaStuck')).toBe(when === 'before');
    },
  );

  it('loses no message that comes while its saga is being created', async () => {
    const sagas = Array.from({ length: 150 }, (): string => randomUUID());
    // Three readers, one per outbox, at the same saga at the same time.
    for (const messages of sagas.map(story)) {
      await Promise.all([1, 0, 2].map((index) => fold(messages.slice(index, index + 1))));
    }
    const logs = await Promise.all(sagas.map(logOf));
    expect(logs.filter((log) => log.length !== wholeLog.length)).toEqual([]);
    expect(await pool.query('select 1 from saga.held_message')).toEqual([]);
  });
});

describe('a message that cannot be folded', () => {
  const heldOf = async (sagaId: string) => {
    const rows = await pool.query<{ id: string }>(
      'select message_id as id from saga.held_message where saga_id = $1',
      [sagaId],
    );
    return rows.map(({ id }) => id);
  };

  it('is held and told of; neither other sagas nor what it has caused wait for it', async () => {
    const [sagaId, other] = [randomUUID(), randomUUID()];
    const [first, second, third] = story(sagaId);
    const bad = unknownReport(second);
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const memory = createMemory();
    const messages = [first, bad, second, ...story(other)];
    await foldMessages(pool, flows, messages, { memory, onError });
    expect(await logOf(other)).toEqual(wholeLog);
    expect(await heldOf(sagaId)).toEqual([bad.messageId]);
    expect(errors.map(String)).toEqual([
      `UnfoldableError: The message ${bad.messageId} (Packed) of store about saga ${sagaId} cannot be ` +
        'followed and is held: Its report is of a kind that is not known here: paused. ' +
        'Once a worker can, pnpm tracker:rebuild writes the log anew.',
    ]);
    const effect = { ...third, causationId: bad.messageId };
    await foldMessages(pool, flows, [effect], { memory, onError });
    expect(await logOf(sagaId)).toEqual(wholeLog);
    expect(await heldOf(sagaId)).toEqual([bad.messageId]);
  });
});

describe('the memory of a reader', () => {
  /** How often the logs were read by folding these messages. */
  async function readingsOf(
    messages: readonly RecordedMessage[],
    memory: ReturnType<typeof createMemory>,
  ): Promise<number> {
    let readings = 0;
    const watched: Pool = {
      ...pool,
      transaction: (work) =>
        pool.transaction((tx) =>
          work({
            ...tx,
            query: (text, values) => {
              if (text.includes('from saga.event')) readings += 1;
              return tx.query(text, values);
            },
          }),
        ),
    };
    await foldMessages(watched, flows, messages, { memory });
    return readings;
  }

  it('saves reading a log that nobody else has gone on with', async () => {
    const sagaId = randomUUID();
    const [first, second, third] = story(sagaId);
    const memory = createMemory();
    expect(await readingsOf([first], memory)).toBe(0);
    expect(await readingsOf([second], memory)).toBe(0);
    expect(await readingsOf([third], memory)).toBe(0);
    expect(await logOf(sagaId)).toEqual(wholeLog);
    // One that has ended is not kept.
    expect(memory.has(sagaId)).toBe(false);
  });

  it('is not believed where another reader has folded meanwhile', async () => {
    const sagaId = randomUUID();
    const [first, second, third] = story(sagaId);
    const memory = createMemory();
    await foldMessages(pool, flows, [first], { memory });
    await fold([second]);
    // A copy of what the other one has folded, and then what is new.
    expect(await readingsOf([second, third], memory)).toBe(1);
    expect(await logOf(sagaId)).toEqual(wholeLog);
  });

  it('is not believed where the log was written anew, as long as before', async () => {
    const sagaId = randomUUID();
    const [first, second, third] = story(sagaId);
    const memory = createMemory();
    await foldMessages(pool, flows, [first], { memory });
    await pool.query('update saga.instance set log_generation = log_generation + 1 where id = $1', [
      sagaId,
    ]);
    expect(await readingsOf([second], memory)).toBe(1);
    expect(await readingsOf([third], memory)).toBe(0);
    expect(await logOf(sagaId)).toEqual(wholeLog);
  });

  it('holds nothing that was rolled back', async () => {
    const sagaId = randomUUID();
    const [first, second, third] = story(sagaId);
    const memory = createMemory();
    await foldMessages(pool, flows, [first], { memory });
    const failing: Pool = {
      ...pool,
      transaction: (work) =>
        pool.transaction(async (tx) => {
          await work(tx);
          throw new Error('Rolled back.');
        }),
    };
    await expect(foldMessages(failing, flows, [second], { memory })).rejects.toThrow(
      'Rolled back.',
    );
    await foldMessages(pool, flows, [second], { memory });
    await foldMessages(pool, flows, [third], { memory });
    expect(await logOf(sagaId)).toEqual(wholeLog);
  });

  it('is bounded, and forgets those that it has not heard of for the longest', async () => {
    const sagas = Array.from({ length: 3 }, (): string => randomUUID());
    const memory = createMemory(2);
    for (const sagaId of sagas) await foldMessages(pool, flows, [story(sagaId)[0]], { memory });
    expect(sagas.map((sagaId) => memory.has(sagaId))).toEqual([false, true, true]);
  });
});
