import { appendMessages } from '@counterstep/db/bus';
import { createPool, type Pool } from '@counterstep/db/tx';
import type { Message } from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';
import { type Design, publishAll, readers } from './design.ts';

const takeMax = 1_600;

/**
 * The other way: with each message a row per reader, taken with `skip locked` and deleted in the same
 * transaction. The rows hold no copy of the message, only its id: the leanest form of this design.
 */
export async function deliveryDesign(url: string): Promise<Design & { end(): Promise<void> }> {
  const pool = createPool({
    url,
    searchPath: 'orders',
    applicationName: 'bench delivery',
    lookupsOnly: true,
    size: 12,
  });
  await pool.query(
    `create table orders.delivery (
       reader text not null, partition smallint not null, id bigint generated always as identity,
       message_id uuid not null, primary key (reader, partition, id)
     ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`,
  );
  return {
    name: 'a row per delivery',
    tables: ['orders.outbox', 'orders.delivery'],
    async run(count) {
      const alarms = readers.map(() => createAlarm());
      const done = readers.map(async (reader, index) => {
        for (let seen = 0; seen < count;) {
          const taken = await take(pool, reader);
          seen += taken;
          if (taken === 0) await alarms[index]?.wait(250);
        }
      });
      await publishAll(count, async (batch) => {
        await publish(pool, batch);
        for (const alarm of alarms) alarm.wake();
      });
      await Promise.all(done);
    },
    end: () => pool.end(),
  };
}

async function publish(pool: Pool, batch: readonly Message[]): Promise<void> {
  await pool.transaction(async (tx) => {
    await Promise.all([
      appendMessages(tx, batch),
      tx.query(
        `insert into delivery (reader, partition, message_id)
         select reader, ('x' || right(saga_id::text, 4))::bit(16)::int % 8, message_id
           from unnest($1::uuid[], $2::uuid[]) as m (message_id, saga_id), unnest($3::text[]) as reader`,
        [batch.map((m) => m.messageId), batch.map((m) => m.sagaId), readers],
      ),
    ]);
  });
}

/** Takes, reads and forgets one batch; returns how many messages it had. */
function take(pool: Pool, reader: string): Promise<number> {
  return pool.transaction(async (tx) => {
    const taken = await tx.query<{ message_id: string }>(
      `with due as (
         select reader, partition, id from delivery where reader = $1
          order by partition, id limit $2 for update skip locked
       )
       delete from delivery d using due
        where d.reader = due.reader and d.partition = due.partition and d.id = due.id
       returning d.message_id`,
      [reader, takeMax],
    );
    if (taken.length === 0) return 0;
    const rows = await tx.query<{ envelope: unknown }>(
      'select envelope, at from outbox where message_id = any($1::uuid[]) order by id',
      [taken.map((row) => row.message_id)],
    );
    return rows.length;
  });
}
