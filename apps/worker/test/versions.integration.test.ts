import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startSaga } from '@counterstep/db/commands';
import { waitingReason } from '@counterstep/db/read';
import { DefinitionChangedError, registerShapes } from '@counterstep/db/versions';
import { defineSaga, type SagaDefinition } from '@counterstep/saga-core/definition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWorker } from '../src/worker.ts';
import { workerProgram } from './program.ts';
import { isDone, startSystem, type System } from './system.ts';

type Input = { city: string };
const header = (version: number) => ({
  name: 'trip',
  version,
  input: z.object({ city: z.string() }),
});
const says = (word: string) => ({ run: () => Promise.resolve(word) });

/** The second version pays before it books. */
const v1 = defineSaga(header(1))
  .step('book', { ...says('booked by 1'), undo: () => Promise.resolve() })
  .pivot('pay', says('paid by 1'))
  .build();
const v2 = defineSaga(header(2))
  .step('hold', { ...says('held by 2'), undo: () => Promise.resolve() })
  .pivot('pay', says('paid by 2'))
  .retriable('book', says('booked by 2'))
  .build();

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const start = async (definition: SagaDefinition<Input>): Promise<string> => {
  const request = { input: { city: 'Lisbon' }, actor: 'test' };
  return (await startSaga(system.saga, definition, request)).sagaId;
};

describe('two versions of a saga', () => {
  it('run side by side on one worker, each by its own steps', async () => {
    const worker = createWorker({ main: system.url }, [v1, v2]);
    await worker.start();
    try {
      const [old, young] = [await start(v1), await start(v2)];
      const ends = [await system.until(old, isDone), await system.until(young, isDone)];
      expect(ends.map((end) => end.status)).toEqual(['completed', 'completed']);
      expect(ends.map((end) => end.steps.map((step) => step.output))).toEqual([
        ['booked by 1', 'paid by 1'],
        ['held by 2', 'paid by 2', 'booked by 2'],
      ]);
    } finally {
      await worker.stop();
    }
  });

  it('of which a worker knows one: it leaves the other alone, and the reason can be seen', async () => {
    const worker = createWorker({ main: system.url }, [v2]);
    await worker.start();
    try {
      const [old, young] = [await start(v1), await start(v2)];
      expect((await system.until(young, isDone)).status).toBe('completed');
      expect(await system.log(old)).toHaveLength(1);
      expect(await waitingReason(system.saga, old)).toBe(
        'No live worker runs trip@1 (1 worker runs trip@2). ' +
          'Start a worker that has this version; the saga waits meanwhile.',
      );
      const other = createWorker({ main: system.url }, [v1]);
      await other.start();
      try {
        expect((await system.until(old, isDone)).status).toBe('completed');
      } finally {
        await other.stop();
      }
    } finally {
      await worker.stop();
    }
  });
});

describe('a version that was changed', () => {
  it('is refused by a worker that starts, and nothing of it runs', async () => {
    await registerShapes(system.saga, [v1]);
    await start(v1);
    const changed = defineSaga(header(1)).pivot('pay', says('paid')).build();
    const worker = createWorker({ main: system.url }, [changed]);
    await expect(worker.start()).rejects.toThrow(DefinitionChangedError);
    await worker.stop();
  });

  it('ends the process at once, with the sentence and with code 2', async () => {
    await system.place({});
    await system.saga.query(
      `insert into saga.definition (name, version, shape, hash)
       values ('place-order', 1, '[{"name":"order.create","class":"pivot"}]', 'other')
       on conflict (name, version) do update set shape = excluded.shape, hash = excluded.hash`,
    );
    const { code, errors } = await run({});
    expect(code).toBe(2);
    expect(errors).toMatch(/^The saga place-order@1 has changed, .* version 2, /);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });
});

describe('a retention policy that cannot be read', () => {
  it('ends the process at once, with the sentence and with code 2', async () => {
    const { code, errors } = await run({ RETENTION_DAYS: 'soon' });
    expect(code).toBe(2);
    expect(errors).toMatch(/^RETENTION_DAYS takes a number of days/);
  });
});

/** Runs a worker process to its end. */
async function run(env: NodeJS.ProcessEnv): Promise<{ code: number | null; errors: string }> {
  const child = fork(workerProgram(), {
    execArgv: [],
    env: { ...process.env, DATABASE_URL: system.url, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, errors };
}
