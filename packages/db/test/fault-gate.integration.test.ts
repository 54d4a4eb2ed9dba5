import { randomUUID } from 'node:crypto';
import { createAlarm } from '@counterstep/saga-core/engine';
import type { Command } from '@counterstep/saga-core/participant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaultGate, setFault } from '../src/faults/index.ts';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, searchPath: 'saga', applicationName: 'gate-test' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The pool, but the first reading of the rules is answered only when the test says so. */
function withLateRules() {
  const asked = createAlarm();
  const answer = createAlarm();
  let isFirst = true;
  const late: Pool = {
    ...pool,
    async query(text, params) {
      const rows = await pool.query(text, params);
      if (isFirst && text.includes('from saga.fault where')) {
        isFirst = false;
        asked.wake();
        await answer.wait(10_000);
      }
      return rows as never;
    },
  };
  return { late, asked, answer };
}

const charge = (): Command => ({
  sagaId: randomUUID(),
  step: 'payment.charge',
  direction: 'action',
  operation: 'payment.charge',
  attempt: 1,
  generation: 1,
  request: {},
  notAfter: new Date(Date.now() + 60_000).toISOString(),
});

describe('the gate of faults', () => {
  it('keeps the newer rules when an older reading of them is answered late', async () => {
    const { late, asked, answer } = withLateRules();
    const gate = createFaultGate(late, randomUUID(), (error) => {
      throw error;
    });
    const started = gate.start();
    await asked.wait(10_000);
    await setFault(pool, { service: 'payment', operation: 'payment.charge', kind: 'reject' });
    await gate.refresh();
    answer.wake();
    await started;
    expect(await gate.decide(charge())).toMatchObject({ kind: 'reject' });
    await gate.stop();
  });
});
