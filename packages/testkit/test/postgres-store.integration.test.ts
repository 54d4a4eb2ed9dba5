import { randomUUID } from 'node:crypto';
import { requestCancel, requestPause, requestResume, sendSignal } from '@counterstep/db/commands';
import { acceptSagas, createSagaStore, readLogs, reapWorker } from '@counterstep/db/store';
import { createTestDatabase } from '@counterstep/db/testing';
import { createPool, type Pool } from '@counterstep/db/tx';
import type { SagaStatus } from '@counterstep/saga-core/machine';
import { contractSaga, sagaStoreContract, type StoredSaga } from '../src/contract/index.ts';
import type { LetterContent } from '../src/memory/index.ts';

sagaStoreContract('Postgres', async () => {
  const database = await createTestDatabase();
  const base = { url: database.url, searchPath: 'saga', applicationName: 'contract', size: 4 };
  const pool = createPool({ ...base, role: 'counterstep_engine' });
  return {
    store: (workerId) => createSagaStore(pool, workerId),
    accept: (definition, count) => {
      const saga = () => ({ sagaId: randomUUID(), input: { city: 'Lisbon' }, actor: 'test' });
      const sagas = Array.from({ length: count }, saga);
      return pool.transaction((tx) => acceptSagas(tx, definition, 'orchestration', sagas));
    },
    sendLetter: (sagaId, letter) => send(pool, sagaId, letter),
    async reap(workerId) {
      await reapWorker(pool, workerId);
    },
    read: (sagaId) => read(pool, sagaId),
    // What is stored moves into the past: nobody has to wait.
    async passes(ms) {
      const span = `$1::float8 * interval '1 millisecond'`;
      await pool.query(`update saga.instance set updated_at = updated_at - ${span}`, [ms]);
      await pool.query(`update saga.ready set run_at = run_at - ${span}`, [ms]);
    },
    async now() {
      const [row] = await pool.query<{ now: Date }>('select clock_timestamp() as now');
      return (row?.now ?? new Date(Number.NaN)).toISOString();
    },
    async close() {
      await pool.end();
      await database.drop();
    },
  };
});

async function send(pool: Pool, sagaId: string, letter: LetterContent): Promise<void> {
  if (letter.kind === 'signal') {
    await sendSignal(pool, () => contractSaga, { ...letter, sagaId, actor: 'test' });
    return;
  }
  const request = { cancel: requestCancel, pause: requestPause, resume: requestResume }[
    letter.kind
  ];
  await request(pool, { sagaId, reason: letter.reason ?? letter.kind, actor: 'test' });
}

async function read(pool: Pool, sagaId: string): Promise<StoredSaga> {
  const [row] = await pool.query<{
    readonly status: SagaStatus;
    readonly seq: number;
    readonly fence: string;
    readonly owner: string | null;
    readonly paused: boolean;
    readonly run_at: Date | null;
  }>(
    `select i.status, i.seq, i.fence, i.owner, i.paused, r.run_at
       from saga.instance i left join saga.ready r on r.saga_id = i.id where i.id = $1`,
    [sagaId],
  );
  if (!row) throw new Error(`There is no saga ${sagaId}.`);
  const { run_at: runAt, fence, ...rest } = row;
  const log = (await readLogs(pool, [sagaId])).get(sagaId) ?? [];
  return { ...rest, fence: BigInt(fence), runAt: runAt?.toISOString() ?? null, log };
}
