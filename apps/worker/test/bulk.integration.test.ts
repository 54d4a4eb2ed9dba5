import { type BulkAct, operateMany, previewMany } from '@counterstep/db/commands';
import { clearFaults, setFault } from '@counterstep/db/faults';
import { sagas } from '@counterstep/services/sagas';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker({ main: system.url });
  await worker.start();
});
afterEach(() => clearFaults(system.saga).then(() => undefined));
afterAll(async () => {
  await worker.stop();
  await system.stop();
});

const by = { actor: 'operator', reason: 'the provider answers again' };

/** Sagas that are stuck at the same operation; nothing breaks it any more. */
async function stuckAt(operation: string, count: number): Promise<string[]> {
  const service = operation.split('.')[0] ?? '';
  await setFault(system.saga, { service, operation, kind: 'reject' });
  const placed = await Promise.all(
    Array.from({ length: count }, () => system.place({ style: 'orchestration' })),
  );
  const ids = placed.map(({ sagaId }) => sagaId);
  await Promise.all(ids.map((id) => system.until(id, ({ status }) => status === 'stuck')));
  await clearFaults(system.saga);
  return ids;
}

async function completedOne(): Promise<string> {
  const { sagaId } = await system.place({ style: 'orchestration' });
  await system.until(sagaId, ({ status }) => status === 'completed');
  return sagaId;
}

const ask = (act: Pick<BulkAct, 'action' | 'targets'>) =>
  operateMany(system.saga, sagas.find, { ...act, ...by });

describe('an act on many sagas', () => {
  it('is previewed one by one, done one by one, and done once', async () => {
    const stuck = await stuckAt('order.confirm', 60);
    const ended = await completedOne();
    const missing = '0199d2f1-0000-7000-8000-000000000000';
    const preview = await previewMany(system.saga, sagas.find, {
      action: 'retry',
      which: { sagaIds: [...stuck, ended, missing] },
    });
    expect(preview.targets).toHaveLength(60);
    expect(preview.sends).toEqual([{ operation: 'order.confirm', count: 60 }]);
    expect(preview.refused).toEqual(
      expect.arrayContaining([
        { sagaId: ended, because: 'It is completed already.' },
        { sagaId: missing, because: 'It is not there any more.' },
      ]),
    );

    const targets = [...preview.targets, { sagaId: missing, expectedSeq: 3 }];
    const [first, second] = await Promise.all([
      ask({ action: 'retry', targets }),
      ask({ action: 'retry', targets }),
    ]);
    for (const id of stuck) {
      const outcomes = [first, second].map(
        (results) => results.find(({ sagaId }) => sagaId === id)?.outcome,
      );
      expect(new Set(outcomes)).toEqual(new Set(['done', 'repeated']));
    }
    expect(first.at(-1)).toMatchObject({ sagaId: missing, outcome: 'refused' });
    await Promise.all(stuck.map((id) => system.until(id, isDone)));
    const [log] = await system.saga.query<{ acts: string }>(
      `select count(*) as acts from saga.event
        where saga_id = any($1::uuid[]) and type = 'OperatorActed' and actor = 'operator'`,
      [stuck],
    );
    expect(log?.acts).toBe('60');
    const [audit] = await system.saga.query<{ accepted: string }>(
      `select count(*) as accepted from saga.audit
        where saga_id = any($1::uuid[]) and result = 'accepted' and reason = $2`,
      [stuck, by.reason],
    );
    expect(audit?.accepted).toBe('60');
  });

  it('leaves alone what has moved on, and says so', async () => {
    const [one = '', other = ''] = await stuckAt('order.confirm', 2);
    const { targets } = await previewMany(system.saga, sagas.find, {
      action: 'settle',
      as: 'done',
      which: { sagaIds: [one, other] },
    });
    await ask({ action: 'retry', targets: targets.filter(({ sagaId }) => sagaId === one) });
    const results = await operateMany(system.saga, sagas.find, {
      action: 'settle',
      as: 'done',
      targets,
      ...by,
    });
    expect(results.find(({ sagaId }) => sagaId === one)).toMatchObject({
      outcome: 'refused',
      because: expect.stringContaining('Look again') as string,
    });
    expect(results.find(({ sagaId }) => sagaId === other)).toEqual({
      sagaId: other,
      outcome: 'done',
    });
    await system.until(other, ({ status }) => status === 'resolved');
  });

  it('of a filter looks at what is in flight, in parts', async () => {
    const stuck = await stuckAt('order.confirm', 3);
    const { targets, refused, nextCursor } = await previewMany(system.saga, sagas.find, {
      action: 'skip',
      which: { filter: { status: ['stuck', 'completed'] } },
    });
    expect(targets.map(({ sagaId }) => sagaId).toSorted()).toEqual(stuck.toSorted());
    expect(refused).toEqual([]);
    expect(nextCursor).toBeUndefined();
    const cancel = await previewMany(system.saga, sagas.find, {
      action: 'cancel',
      which: { sagaIds: stuck },
    });
    expect(cancel.targets).toEqual([]);
    expect(new Set(cancel.refused.map(({ because }) => because))).toEqual(
      new Set(['It is past its point of no return.']),
    );
  });

  it('cancels what waits, once each', async () => {
    await setFault(system.saga, {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'fail-before-commit',
    });
    const placed = await Promise.all(
      Array.from({ length: 4 }, () => system.place({ style: 'orchestration' })),
    );
    const targets = placed.map(({ sagaId }) => ({ sagaId, expectedSeq: 1 }));
    const first = await ask({ action: 'cancel', targets });
    const again = await ask({ action: 'cancel', targets });
    expect(first.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
    expect(again.every(({ outcome }) => outcome === 'repeated')).toBe(true);
    await clearFaults(system.saga);
    await Promise.all(
      placed.map(({ sagaId }) => system.until(sagaId, ({ status }) => status === 'compensated')),
    );
  });
});
