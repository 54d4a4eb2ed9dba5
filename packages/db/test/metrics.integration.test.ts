import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readAccepted, readBacklog } from '../src/read/metrics/backlog.ts';
import { readEnds } from '../src/read/metrics/ends.ts';
import { readFaultSpans } from '../src/read/metrics/faults.ts';
import { readFlowMetrics, readStepMetrics } from '../src/read/metrics/index.ts';
import { type Range, rangeOf } from '../src/read/metrics/window.ts';
import { openPools, type TestPools } from './pools.ts';

let pools: TestPools;

beforeAll(async () => {
  pools = await openPools('metrics-test');
});

afterAll(() => pools.stop());

beforeEach(async () => {
  await pools.owner.query(
    'truncate saga.instance, saga.event, saga.fault_decision, saga.definition',
  );
});

interface Row {
  readonly status: string;
  /** Seconds before the end of the range. */
  readonly accepted: number;
  readonly ended?: number;
}

const before = (range: Range, seconds: number) => new Date(range.to.getTime() - seconds * 1_000);

async function saga(range: Range, { status, accepted, ended }: Row): Promise<string> {
  const id = randomUUID();
  await pools.owner.query(
    `insert into saga.instance (id, definition, version, style, status, input, summary, seq, created_at, finished_at)
     values ($1, 'trip', 1, 'orchestration', $2, '{}', '{"steps":{}}', 1, $3, $4)`,
    [id, status, before(range, accepted), ended === undefined ? null : before(range, ended)],
  );
  return id;
}

describe('the flow of a window', () => {
  it('counts ends by step, with percentiles of each and of the whole', async () => {
    const range = await rangeOf(pools.pool, '15m');
    await saga(range, { status: 'completed', accepted: 7, ended: 5 });
    await saga(range, { status: 'completed', accepted: 6, ended: 2 });
    await saga(range, { status: 'compensated', accepted: 32, ended: 25 });
    // Of the time before, after, and under way: none of them ended in the window.
    await saga(range, { status: 'completed', accepted: 2_000, ended: 950 });
    await saga(range, { status: 'completed', accepted: 5, ended: -1 });
    await saga(range, { status: 'running', accepted: 50 });
    const ends = await readEnds(pools.pool, range);
    expect(ends.get(89)).toMatchObject({ completed: 2, compensated: 0, latency: { p50Ms: 3_000 } });
    expect(ends.get(87)).toMatchObject({ compensated: 1, latency: { p50Ms: 7_000 } });
    expect(ends.get(null)).toMatchObject({
      completed: 2,
      compensated: 1,
      latency: { p50Ms: 4_000 },
    });
    expect([...ends.keys()]).toHaveLength(3);
  });

  it('knows how many were under way at the end of each step', async () => {
    const range = await rangeOf(pools.pool, '15m');
    await saga(range, { status: 'running', accepted: 2_000 });
    await saga(range, { status: 'completed', accepted: 45, ended: 12 });
    await saga(range, { status: 'completed', accepted: 4, ended: -2 });
    await saga(range, { status: 'running', accepted: -1 });
    expect(await readBacklog(pools.pool, range)).toBe(2);
    expect(await readAccepted(pools.pool, range)).toEqual(
      new Map([
        [85, 1],
        [89, 1],
      ]),
    );
  });

  it('has a value for every step of an empty window', async () => {
    const flow = await readFlowMetrics(pools.pool, '24h');
    expect(flow.steps).toHaveLength(96);
    expect(flow.total).toEqual({
      completed: 0,
      compensated: 0,
      resolved: 0,
      accepted: 0,
      backlog: 0,
    });
    expect(flow.steps.every(({ accepted, backlog }) => accepted === 0 && backlog === 0)).toBe(true);
    expect(Date.parse(flow.to) - Date.parse(flow.from)).toBe(86_400_000);
  });
});

describe('faults in a window', () => {
  it('are the calls that they struck, close ones as one span', async () => {
    const range = await rangeOf(pools.pool, '15m');
    const strike = (seconds: number, kind: string | null, attempt: number) =>
      pools.owner.query(
        `insert into saga.fault_decision (key, attempt, kind, at) values ($1, $2, $3, $4)`,
        [`${randomUUID()}/payment.charge/action`, attempt, kind, before(range, seconds)],
      );
    await strike(100, 'reject', 1);
    await strike(95, 'reject', 1);
    await strike(75, 'reject', 1);
    await strike(5, 'reject', 1);
    await strike(5, null, 1);
    await strike(5, 'delay', 1);
    await strike(5_000, 'hang', 1);
    const spans = await readFaultSpans(pools.pool, range);
    expect(spans.map(({ kind, calls }) => [kind, calls])).toEqual([
      ['reject', 3],
      ['delay', 1],
      ['reject', 1],
    ]);
    expect(spans[0]).toMatchObject({
      step: 'payment.charge',
      direction: 'action',
      from: before(range, 100).toISOString(),
      to: before(range, 70).toISOString(),
    });
  });
});

describe('steps in a window', () => {
  const lines = (...all: readonly [type: string, ms: number, data?: object][]) => all;

  async function log(
    sagaId: string,
    range: Range,
    events: ReturnType<typeof lines>,
  ): Promise<void> {
    for (const [index, [type, ms, data = {}]] of events.entries()) {
      await pools.owner.query(
        `insert into saga.event (saga_id, seq, type, step, attempt, data, actor, at)
         values ($1, $2, $3, 'pay', 1, $4::text::jsonb, 'w', $5)`,
        [sagaId, index + 1, type, JSON.stringify(data), new Date(before(range, 60).getTime() + ms)],
      );
    }
  }

  it('are attempts with what became of them and how long the answer took', async () => {
    const range = await rangeOf(pools.pool, '15m');
    const good = await saga(range, { status: 'completed', accepted: 60, ended: 30 });
    await log(
      good,
      range,
      lines(
        ['StepDispatched', 0],
        ['StepFailed', 40, { failure: 'transient' }],
        ['StepDispatched', 100],
        ['StepOutcomeUnknown', 160],
        ['StepDispatched', 200],
        ['StepSucceeded', 220],
        // The answer that was lost comes late; it is no attempt.
        ['StepOutcomeUnknown', 500],
      ),
    );
    const bad = await saga(range, { status: 'compensated', accepted: 60, ended: 30 });
    await log(
      bad,
      range,
      lines(
        ['StepDispatched', 0],
        ['StepFailed', 80, { failure: 'business' }],
        ['CompensationDispatched', 90],
        ['CompensationFailed', 95, { failure: 'unknown' }],
        ['CompensationDispatched', 96],
        ['CompensationFailed', 99, { failure: 'business' }],
        ['CompensationDispatched', 100],
        ['StepCompensated', 105],
      ),
    );
    const stuck = await saga(range, { status: 'stuck', accepted: 5_000 });
    await log(
      stuck,
      range,
      lines(['StepDispatched', 0], ['StepFailed', 50, { failure: 'transient' }]),
    );
    const old = await saga(range, { status: 'completed', accepted: 5_000, ended: 4_000 });
    await log(old, range, lines(['StepDispatched', 0], ['StepSucceeded', 9_000]));

    const { ended, sampled, steps } = await readStepMetrics(pools.pool, '15m');
    expect([ended, sampled]).toEqual([2, 3]);
    expect(steps).toEqual([
      {
        definition: 'trip',
        step: 'pay',
        direction: 'action',
        attempts: 5,
        rejected: 1,
        failed: 2,
        unknown: 1,
        p50Ms: 50,
        p95Ms: 76,
      },
      {
        definition: 'trip',
        step: 'pay',
        direction: 'compensation',
        attempts: 3,
        rejected: 1,
        failed: 0,
        unknown: 1,
        p50Ms: 5,
        p95Ms: 5,
      },
    ]);
  });

  it('look at every n-th saga when there are many', async () => {
    const range = await rangeOf(pools.pool, '15m');
    await pools.owner.query(
      `insert into saga.instance (id, definition, version, style, status, input, summary, seq, created_at, finished_at)
       select gen_random_uuid(), 'trip', 1, 'orchestration', 'completed', '{}', '{"steps":{}}', 1, $1, $1
         from generate_series(1, 12001)`,
      [before(range, 300)],
    );
    const { ended, sampled } = await readStepMetrics(pools.pool, '15m');
    expect(ended).toBe(12_001);
    expect(sampled).toBeGreaterThan(500);
    expect(sampled).toBeLessThanOrEqual(1_000);
  });
});
