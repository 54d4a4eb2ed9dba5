import { randomUUID } from 'node:crypto';
import { defineSaga, type SagaShape } from '@counterstep/saga-core/definition';
import type { SagaEvent } from '@counterstep/saga-core/machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { requestCancel, requestPause, sendSignal, startSaga } from '../src/commands/index.ts';
import { acceptSagas, createSagaStore } from '../src/store/index.ts';
import type { Pool } from '../src/tx/index.ts';
import { count, openPools, type TestPools } from './pools.ts';
import { writeOf } from './trip.ts';

const approval = z.object({ by: z.string().min(1), note: z.string().optional() });

const loan = defineSaga({ name: 'loan', version: 1, input: z.object({ sum: z.number() }) })
  .waitFor('approve', { schema: approval })
  .waitFor('sign', { schema: z.object({ page: z.number() }), timeoutMs: 60_000 })
  .pivot('pay-out', { run: () => Promise.resolve(null) })
  .build();
const keys = ['loan@1'];

const definitionOf = (name: string, version: number): SagaShape | undefined =>
  name === loan.name && version === loan.version ? loan : undefined;

let pools: TestPools;
let pool: Pool;

beforeAll(async () => {
  pools = await openPools('signal-test');
  ({ pool } = pools);
});
afterAll(() => pools.stop());

async function newLoan(): Promise<string> {
  return (await startSaga(pool, loan, { input: { sum: 5 }, actor: 'test' })).sagaId;
}

const send = (sagaId: string, payload: unknown, signal = 'approve') =>
  sendSignal(pool, definitionOf, { sagaId, signal, payload, actor: 'ann' });

const mailOf = (sagaId: string) => createSagaStore(pool, randomUUID()).readMail(sagaId, 0);
const auditOf = (sagaId: string) =>
  pool.query<{ action: string; result: string; reason: string }>(
    'select action, result, reason from saga.audit where saga_id = $1 order by id',
    [sagaId],
  );

describe('a signal', () => {
  it('becomes a letter with its payload and the time of the mailbox, and an audit row', async () => {
    const sagaId = await newLoan();
    await send(sagaId, { by: 'ann', extra: true });
    const [letter, ...others] = await mailOf(sagaId);
    expect(others).toEqual([]);
    expect(letter).toEqual({
      position: 1,
      kind: 'signal',
      signal: 'approve',
      payload: { by: 'ann' },
      reason: 'signal approve',
      actor: 'ann',
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    expect(Math.abs(Date.parse(letter?.at ?? '') - Date.now())).toBeLessThan(5_000);
    expect(await auditOf(sagaId)).toEqual([
      { action: 'signal', result: 'accepted', reason: 'signal approve' },
    ]);
  });

  it('makes a saga that waits without anybody claimable', async () => {
    const sagaId = await newLoan();
    await pool.query('delete from saga.ready');
    expect(await createSagaStore(pool, randomUUID()).claim(10, keys)).toEqual([]);
    await send(sagaId, { by: 'ann' });
    expect(await createSagaStore(pool, randomUUID()).claim(10, keys)).toMatchObject([
      { sagaId, mailWaiting: true },
    ]);
  });

  it('is refused when its step is over, or the saga has turned back', async () => {
    const [timedOut, turned] = [await newLoan(), await newLoan()];
    const store = createSagaStore(pool, randomUUID());
    const claimed = await store.claim(100, keys);
    const write = (sagaId: string, events: readonly SagaEvent[]) => {
      const saga = claimed.find((each) => each.sagaId === sagaId);
      if (!saga) throw new Error('Not claimed.');
      return store.write([writeOf(saga, events)]);
    };
    const until = new Date().toISOString();
    await write(timedOut, [
      { type: 'SignalAwaited', step: 'approve', attempt: 1, data: { until } },
      { type: 'TimerFired', step: 'approve', attempt: 1, data: { timer: 'signal' } },
    ]);
    await write(turned, [
      { type: 'CompensationStarted', data: { reason: { kind: 'cancelled', reason: 'no' } } },
    ]);
    for (const sagaId of [timedOut, turned]) {
      await expect(send(sagaId, { by: 'ann' })).rejects.toMatchObject({
        code: 'NOT_ALLOWED',
        message: 'The saga does not wait for "approve" any more.',
      });
      expect(await mailOf(sagaId)).toEqual([]);
    }
  });

  it('sent again is a no-op, also when the saga has ended; with another payload a conflict', async () => {
    const sagaId = await newLoan();
    await send(sagaId, { by: 'ann', note: 'x' });
    await send(sagaId, { note: 'x', by: 'ann' });
    await expect(send(sagaId, { by: 'bob' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await pool.query(`update saga.instance set status = 'completed' where id = $1`, [sagaId]);
    await send(sagaId, { by: 'ann', note: 'x' });
    expect(await mailOf(sagaId)).toHaveLength(1);
    expect((await auditOf(sagaId)).map(({ result }) => result.split(':')[0])).toEqual([
      'accepted',
      'accepted',
      'refused',
      'accepted',
    ]);
  });

  it('of many senders at once comes from exactly one', async () => {
    const sagaId = await newLoan();
    const senders = Array.from({ length: 20 }, (_, n) => `sender-${n}`);
    const results = await Promise.allSettled(senders.map((by) => send(sagaId, { by })));
    const winners = senders.filter((_, n) => results[n]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const refused = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []));
    expect(refused).toEqual(
      refused.map(() => expect.objectContaining({ code: 'CONFLICT' }) as unknown),
    );
    expect(await mailOf(sagaId)).toMatchObject([{ position: 1, payload: { by: winners[0] } }]);
  });

  it('is refused by the table itself when it comes twice', async () => {
    const sagaId = await newLoan();
    await send(sagaId, { by: 'ann' });
    await expect(
      pool.query(
        `insert into saga.mailbox (saga_id, position, kind, signal, reason, actor)
         values ($1, 2, 'signal', 'approve', 'r', 'a')`,
        [sagaId],
      ),
    ).rejects.toMatchObject({ code: '23505' });
  });
});

describe('what is refused', () => {
  it.each([
    ['an unknown signal', 'aprove', { by: 'ann' }, /write "approve" or "sign"/],
    ['a step that is no signal', 'pay-out', null, /does not wait for "pay-out"/],
    ['a name that no text column holds', 'a\u0000b', null, /does not wait for/],
    ['a payload that does not fit', 'sign', { page: 'one' }, /^payload\.page: /],
    ['a payload that is too large', 'approve', { by: 'x'.repeat(65_536) }, /65536 are allowed/],
    ['a payload that is no JSON', 'approve', { by: 1n }, /^payload: /],
  ])('is %s, and nothing is stored', async (_what, signal, payload, message) => {
    const sagaId = await newLoan();
    await expect(send(sagaId, payload, signal)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(message) as string,
    });
    expect(await mailOf(sagaId)).toEqual([]);
    expect(await auditOf(sagaId)).toEqual([]);
  });

  it('is a signal to a saga that does not exist', async () => {
    await expect(send(randomUUID(), { by: 'ann' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one to a version that nobody here knows', async () => {
    const sagaId = await newLoan();
    await pool.query('update saga.instance set version = 9 where id = $1', [sagaId]);
    await expect(send(sagaId, { by: 'ann' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('is one to a saga that has ended, in writing', async () => {
    const sagaId = await newLoan();
    await pool.query(`update saga.instance set status = 'compensated' where id = $1`, [sagaId]);
    await expect(send(sagaId, { by: 'ann' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
      message: expect.stringContaining('compensated') as string,
    });
    await expect(send(sagaId, null, 'a\u0000b')).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await auditOf(sagaId))[0]?.result).toMatch(/^refused: /);
    expect(await mailOf(sagaId)).toEqual([]);
  });

  it('is one to a choreographed saga', async () => {
    const sagaId = randomUUID();
    const saga = { sagaId, input: { sum: 1 }, actor: 'test' };
    await pool.transaction((tx) => acceptSagas(tx, loan, 'choreography', [saga]));
    await expect(send(sagaId, { by: 'ann' })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

describe('letters of several people at once', () => {
  it('get gapless positions, one after another, and are all counted', async () => {
    const sagaId = await newLoan();
    const ask = { sagaId, reason: 'because', actor: 'test' };
    await Promise.all([
      requestCancel(pool, ask),
      requestPause(pool, ask),
      send(sagaId, { by: 'ann' }),
      send(sagaId, { page: 1 }, 'sign'),
    ]);
    const letters = await mailOf(sagaId);
    expect(letters.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(letters.map(({ kind }) => kind).toSorted()).toEqual([
      'cancel',
      'pause',
      'signal',
      'signal',
    ]);
    expect(await count(pool, 'saga.instance where id = $1 and mail_received = 4', [sagaId])).toBe(
      1,
    );
  });
});
