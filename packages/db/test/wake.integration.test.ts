import { createAlarm } from '@counterstep/saga-core/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../src/testing/index.ts';
import { createPool, type Pool } from '../src/tx/index.ts';
import { createNotifier, listen, type Topic } from '../src/wake/index.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, searchPath: 'saga', applicationName: 'wake-test' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('wake-ups', () => {
  it('reach a listener, coalesced', async () => {
    const heard: Topic[] = [];
    const alarm = createAlarm();
    const listener = await listen(database.url, 'wake-test listener', (topic) => {
      heard.push(topic);
      alarm.wake();
    });
    const notifier = createNotifier(pool);
    for (let n = 0; n < 1_000; n += 1) notifier.notify('events');
    while (heard.length === 0) await alarm.wait(1_000);
    expect(heard).toEqual(['events']);
    notifier.stop();
    await listener.stop();
  });

  it('are heard again after the listening connection was killed', async () => {
    let heard = 0;
    const alarm = createAlarm();
    const listener = await listen(database.url, 'wake-test victim', () => {
      heard += 1;
      alarm.wake();
    });
    const killed = await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wake-test victim'`,
    );
    expect(killed).toHaveLength(1);
    const notifier = createNotifier(pool);
    while (heard === 0) {
      notifier.notify('ready');
      await alarm.wait(50);
    }
    notifier.stop();
    await listener.stop();
    expect(heard).toBeGreaterThan(0);
  });
});
