import { randomUUID } from 'node:crypto';
import { operate, startSaga } from '@counterstep/db/commands';
import { defineSaga } from '@counterstep/saga-core/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

/** What a step function may come up with. */
const behaviours: Record<string, (call: { attempt: number; signal: AbortSignal }) => unknown> = {
  bigint: () => 10n,
  cycle: () => {
    const ring: Record<string, unknown> = {};
    ring['self'] = ring;
    return ring;
  },
  huge: () => 'x'.repeat(10_000_000),
  deep: () => JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown,
  'a function': () => () => undefined,
  'throws a text': () => {
    // eslint-disable-next-line typescript/only-throw-error -- this is what is tested
    throw 'out of paper';
  },
  'throws nothing': () => {
    // eslint-disable-next-line typescript/only-throw-error -- this is what is tested
    throw undefined;
  },
  'never settles': () => new Promise(() => undefined),
  'heeds the abort': ({ signal }) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve('at the last moment'));
    }),
  'answers after its time': ({ attempt }) =>
    attempt === 1 ? late.promise : new Promise(() => undefined),
};

/** Settled by the test, when the step has long timed out. */
let late = postponed();

function postponed() {
  let resolve: (answer: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const undone: string[] = [];

const odd = (name: string, maxAttempts: number) =>
  defineSaga({ name, version: 1, input: z.object({ how: z.string() }) })
    .step('act', {
      timeoutMs: 60,
      retry: { maxAttempts, initialDelayMs: 5, maxDelayMs: 10 },
      run: async (call) => await behaviours[call.input.how]?.(call),
      undo: ({ key }) => Promise.resolve(undone.push(key)),
    })
    .step('after', {
      run: ({ results }) => Promise.resolve(results.act ?? null),
      undo: () => Promise.resolve(),
    })
    .build();

const saga = odd('odd', 2);
const patient = odd('patient', 500);

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker({ main: system.url }, [saga, patient]);
  await worker.start();
});

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

async function run(how: string) {
  const { sagaId } = await startSaga(system.saga, saga, { input: { how }, actor: 'test' });
  const end = await system.until(sagaId, isDone);
  return { sagaId, end, log: await system.log(sagaId) };
}

describe('an output that cannot be kept', () => {
  it.each(['bigint', 'cycle', 'huge', 'deep'])(
    'stops the saga in front of an operator: the effect has happened (%s)',
    async (how) => {
      const { end, log } = await run(how);
      expect(end).toMatchObject({ status: 'stuck', direction: 'action' });
      expect(end.current?.error).toMatchObject({ code: 'UNSTORABLE' });
      // Not tried again: it would return the same.
      expect(log.filter((event) => event.type === 'StepDispatched')).toHaveLength(1);
      expect(log.map((event) => event.type)).toContain('OutcomeUnstorable');
    },
  );

  it('goes on with the output that the operator gives', async () => {
    const { sagaId, end } = await run('bigint');
    await operate(system.saga, () => saga, {
      sagaId,
      action: 'settle',
      as: 'done',
      output: 10,
      reason: 'looked it up',
      actor: 'ann',
      expectedSeq: end.seq,
    });
    const settled = await system.until(sagaId, ({ status }) => status === 'resolved');
    expect(settled.steps.map((step) => step.output)).toEqual([10, 10]);
  });

  it('is undone when the operator gives it up', async () => {
    const { sagaId, end } = await run('huge');
    const act = { sagaId, reason: 'too large', actor: 'ann', expectedSeq: end.seq };
    await operate(system.saga, () => saga, { ...act, action: 'compensate' });
    await system.until(sagaId, ({ status }) => status === 'compensated');
    expect(undone).toContain(`${sagaId}/act/compensation`);
  });

  it('counts as none where JSON has no word for it', async () => {
    const { end } = await run('a function');
    expect(end.status).toBe('completed');
    expect(end.steps[0]?.output).toBeNull();
  });
});

describe('a step that throws something that is no error', () => {
  it.each([
    ['throws a text', 'out of paper'],
    ['throws nothing', 'undefined'],
  ])('is unknown, tried again, and undone when its budget is spent (%s)', async (how, message) => {
    const { end, log } = await run(how);
    expect(end.status).toBe('compensated');
    const unknowns = log.filter((event) => event.type === 'StepOutcomeUnknown');
    expect(unknowns.map((event) => event.data)).toEqual(
      Array.from({ length: 2 }, () => ({ error: { code: 'STEP_THREW', message } })),
    );
  });
});

describe('a step that does not answer in time', () => {
  it('is unknown after its timeout and as long again, and undone', async () => {
    const { sagaId, end } = await run('never settles');
    expect(end.status).toBe('compensated');
    expect(end.steps[0]?.attempts).toBe(2);
    expect(undone).toContain(`${sagaId}/act/compensation`);
  });

  it('may still answer when it is asked to stop', async () => {
    const { end } = await run('heeds the abort');
    expect(end.status).toBe('completed');
    expect(end.steps[0]).toMatchObject({ attempts: 1, output: 'at the last moment' });
  });

  it('that answers while its next attempt is under way has been done', async () => {
    late = postponed();
    const { sagaId } = await startSaga(system.saga, patient, {
      input: { how: 'answers after its time' },
      actor: 'test',
    });
    await system.until(sagaId, ({ steps }) => (steps[0]?.attempts ?? 0) > 1);
    late.resolve('late, but done');
    const end = await system.until(sagaId, isDone);
    expect(end.status).toBe('completed');
    const log = await system.log(sagaId);
    expect(log.find((event) => event.type === 'StepSucceeded')).toMatchObject({
      attempt: 1,
      data: { output: 'late, but done' },
    });
  });

  it('that answers after the saga has ended changes nothing', async () => {
    late = postponed();
    const { sagaId, end } = await run('answers after its time');
    expect(end.status).toBe('compensated');
    const before = await system.log(sagaId);
    late.resolve('much too late');
    // Another saga from beginning to end: the reply has had its chance to be written.
    await run('a function');
    expect(await system.log(sagaId)).toEqual(before);
  });
});

describe('several operators at once', () => {
  it('of whom exactly one wins; the others are told to look again', async () => {
    const { sagaId, end } = await run('bigint');
    const act = { sagaId, reason: 'mine', expectedSeq: end.seq };
    const answers = await Promise.allSettled([
      operate(system.saga, () => saga, { ...act, actor: 'ann', action: 'compensate' }),
      operate(system.saga, () => saga, {
        ...act,
        actor: 'bob',
        action: 'settle',
        as: 'done',
        output: 1,
      }),
      operate(system.saga, () => saga, { ...act, actor: 'cat', action: 'resolve' }),
      operate(system.saga, () => saga, { ...act, actor: 'dan', action: 'skip' }),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : [],
    );
    expect(refused).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
    const audited = await system.saga.query<{ result: string }>(
      'select result from saga.audit where saga_id = $1',
      [sagaId],
    );
    expect(audited.filter(({ result }) => result === 'accepted')).toHaveLength(1);
    expect(audited.filter(({ result }) => result.startsWith('refused'))).toHaveLength(3);
    await system.until(sagaId, ({ status }) => status !== 'stuck');
  });
});

it('keeps a request that is no JSON from being sent at all', async () => {
  const vague = defineSaga({ name: 'vague', version: 1, input: z.object({ id: z.string() }) })
    .step('sleepless', { run: () => Promise.resolve(1), undo: () => Promise.resolve() })
    .sleep('until-never', { until: () => new Date(Number.NaN) })
    .build();
  const other = createWorker({ main: system.url }, [vague]);
  await other.start();
  const input = { id: randomUUID() };
  const { sagaId } = await startSaga(system.saga, vague, { input, actor: 'test' });
  const end = await system.until(sagaId, isDone);
  expect(end.status).toBe('compensated');
  const log = await system.log(sagaId);
  expect(log.find((event) => event.type === 'StepFailed')).toMatchObject({
    step: 'until-never',
    data: { failure: 'business', error: { code: 'REQUEST_FAILED' } },
  });
  await other.stop();
});
