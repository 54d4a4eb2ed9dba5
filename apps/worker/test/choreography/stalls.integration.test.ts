import { flowsOf, raiseStalls, type Stalled, stallPolicyFrom } from '@counterstep/db/tracker';
import { runAudit } from '@counterstep/services/audit';
import { serviceNames } from '@counterstep/services/databases';
import { placeOrderChoreography } from '@counterstep/services/place-order';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStallWatch } from '../../src/stall-watch.ts';
import { createWorker } from '../../src/worker.ts';
import { isDone, startSystem, type System } from '../system.ts';

let system: System;
let sagaId: string;

/** The order flow, with less patience. */
const hasty = flowsOf([
  {
    ...placeOrderChoreography,
    reactions: placeOrderChoreography.reactions.map((r) => ({ ...r, withinMs: 100 })),
  },
]);

/** No worker lives: nothing moves but what the test moves. */
beforeEach(async () => {
  system = await startSystem();
  ({ sagaId } = await system.place({ style: 'choreography' }));
});

afterEach(() => system.stop());

const look = (flows = hasty) =>
  raiseStalls(
    system.saga,
    flows,
    new Map(serviceNames.map((service) => [service, system.databases[service]])),
  );

/** Looks until an alarm is raised; a saga has to be silent for a second first. */
async function alarm(): Promise<Stalled> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    const [stalled] = await look();
    if (stalled) return stalled;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('No alarm within 10 s.');
}

/** As if Order had read its first message and lost it. */
const lose = () =>
  system.databases.order.query(
    `insert into subscription (source, partition, cursor_xid, cursor_id)
     select 'order', partition, xid, id from outbox where saga_id = $1
     on conflict (source, partition) do update
        set cursor_xid = excluded.cursor_xid, cursor_id = excluded.cursor_id`,
    [sagaId],
  );

const park = (state: 'waiting' | 'dead', dueInSeconds: number) =>
  system.databases.order.query(
    `insert into parked (message_id, step, direction, saga_id, message, attempts, state, error, due_at)
     select message_id, 'order.create', 'action', saga_id, envelope, 1, $2, '{}',
            clock_timestamp() + make_interval(secs => $3)
       from outbox where saga_id = $1`,
    [sagaId, state, dueInSeconds],
  );

describe('an alarm', () => {
  it('names what should have come, from whom, and what set it off', async () => {
    const { stall } = await alarm();
    expect(stall).toMatchObject({
      step: 'order.create',
      direction: 'action',
      expected: ['OrderCreated', 'OrderRejected'],
      consumer: 'order',
      operation: 'order.create',
      cause: { type: 'OrderRequested' },
      verdict: 'in-transit',
    });
    const saga = await system.until(sagaId, ({ stalled }) => stalled);
    expect(saga.stall).toEqual(stall);
    expect((await system.log(sagaId)).at(-1)).toMatchObject({ type: 'SagaStalled', data: stall });
  });

  it('is raised once, by whoever looks first', async () => {
    await alarm();
    expect((await Promise.all([look(), look()])).flat()).toEqual([]);
  });

  it('is not raised before its time', async () => {
    await alarm();
    const other = await system.place({ style: 'choreography' });
    await system.saga.query(
      `update saga.instance set updated_at = updated_at - interval '1 minute' where id = $1`,
      [other.sagaId],
    );
    expect(await look(flowsOf([placeOrderChoreography]))).toEqual([]);
  });

  it('tells a lost message from one that has not been read', async () => {
    await lose();
    expect((await alarm()).stall.verdict).toBe('not-emitted');
  });

  it('says when the consumer has given up, and when its next attempt is overdue', async () => {
    await park('dead', 0);
    expect((await alarm()).stall.verdict).toBe('dead-lettered');
    const other = await system.place({ style: 'choreography' });
    sagaId = other.sagaId;
    await park('waiting', -60);
    expect((await alarm()).stall.verdict).toBe('backing-off');
  });

  it('waits for an attempt that is in hand', async () => {
    await park('waiting', 60);
    const { sagaId: other } = await system.place({ style: 'choreography' });
    expect((await alarm()).sagaId).toBe(other);
  });

  it('is no alarm when only the tracker is behind', async () => {
    await system.databases.order.query(
      `insert into outbox (partition, message_id, saga_id, type, envelope)
       select partition, gen_random_uuid(), saga_id, 'OrderCreated', envelope from outbox where saga_id = $1`,
      [sagaId],
    );
    const { sagaId: other } = await system.place({ style: 'choreography' });
    expect((await alarm()).sagaId).toBe(other);
  });

  it('ends with whatever comes next', async () => {
    await alarm();
    const worker = createWorker(system.urls);
    await worker.start();
    const saga = await system.until(sagaId, isDone);
    await worker.stop();
    expect(saga).toMatchObject({ status: 'completed', stalled: false });
    expect(saga.stall).toBeUndefined();
  });
});

describe('a saga whose message is lost', () => {
  it('is brought to its end by a policy that hands it to the orchestrator', async () => {
    await lose();
    const worker = createWorker(system.urls);
    const failures: unknown[] = [];
    const watch = createStallWatch({
      saga: system.saga,
      databases: system.databases,
      flows: hasty,
      policy: 'take-over',
      onEvents: () => undefined,
      onError: (error) => failures.push(error),
    });
    await worker.start();
    await watch.start();
    const saga = await system.until(sagaId, isDone);
    await watch.stop();
    await worker.stop();
    expect(saga).toMatchObject({ status: 'completed', takenOver: true });
    expect(failures).toEqual([]);
    const log = await system.log(sagaId);
    const taken = log.findIndex(({ type }) => type === 'SagaTakenOver');
    expect(log[taken]).toMatchObject({ actor: 'policy' });
    expect(log[taken - 1]).toMatchObject({ type: 'SagaStalled', data: { verdict: 'not-emitted' } });
    const audit = await runAudit({ databases: system.databases, saga: system.saga });
    expect(audit.invariants.flatMap(({ violations }) => violations)).toEqual([]);
  });
});

describe('the policy', () => {
  it('is one of two words', () => {
    expect(stallPolicyFrom({})).toBe('alarm');
    expect(stallPolicyFrom({ STALL_POLICY: 'take-over' })).toBe('take-over');
    expect(() => stallPolicyFrom({ STALL_POLICY: 'takeover' })).toThrow('"alarm" or "take-over"');
  });
});
