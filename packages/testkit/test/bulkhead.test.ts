import { defineSaga } from '@counterstep/saga-core/definition';
import { operation } from '@counterstep/saga-core/participant';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createCluster } from '../src/cluster/index.ts';
import { accept } from '../src/memory/index.ts';
import type { Network } from '../src/network/index.ts';
import { createSimulation } from '../src/time/index.ts';

const ref = z.object({ id: z.string() });
const same = ({ input }: { input: { id: string } }) => input;

const slow = defineSaga({ name: 'slow', version: 1, input: ref })
  .pivot('call', {
    action: operation({ name: 'hung.call', request: ref, response: z.unknown() }),
    request: same,
    timeoutMs: 60_000,
    retry: { maxAttempts: 100 },
  })
  .build();
const quick = defineSaga({ name: 'quick', version: 1, input: ref })
  .pivot('call', {
    action: operation({ name: 'well.call', request: ref, response: z.unknown() }),
    request: same,
  })
  .build();

/** One service that calls do not reach for a day; everything else is near. */
const hangs: Network = ({ target }) => ({
  requestMs: target === 'hung' ? 24 * 3_600_000 : 1,
  replyMs: 1,
});

it.each([
  ['', false],
  [', also of one that has taken its calls over', true],
])('a service that hangs holds no more than its share of a worker%s', async (_of, isTakenOver) => {
  const sim = createSimulation({ seed: 1 });
  const capacity = 128;
  const cluster = createCluster({
    sim,
    network: hangs,
    definitions: () => [slow, quick],
    capacity,
  });
  const { database, services } = cluster;
  const input = { id: 'x' };
  cluster.start();
  // First as many as the compartment holds: they arrive while the service does not look slow yet.
  for (let n = 0; n < 96; n += 1) accept(database, slow, { sagaId: `early-${n}`, input });
  await sim.run(() => false, { virtualMsMax: 2_000 });
  if (isTakenOver) {
    cluster.workers[0]?.process.kill();
    cluster.start();
    const isTaken = () =>
      [...database.tables.instances.values()].every(({ owner }) => owner === 'w2');
    expect(await sim.run(isTaken, { virtualMsMax: 20_000 })).toBe('done');
    await sim.run(() => false, { virtualMsMax: 2_000 });
  }
  for (let n = 0; n < 300; n += 1) accept(database, slow, { sagaId: `slow-${n}`, input });
  await sim.run(() => false, { virtualMsMax: 2_000 });
  for (let n = 0; n < 20; n += 1) accept(database, quick, { sagaId: `quick-${n}`, input });
  const startMs = sim.nowMs;
  const isDone = (n: number) =>
    database.tables.instances.get(`quick-${n}`)?.state.phase.status === 'completed';
  const end = await sim.run(() => Array.from({ length: 20 }, (_, n) => isDone(n)).every(Boolean), {
    virtualMsMax: 30_000,
  });
  expect(end).toBe('done');
  expect(sim.nowMs - startMs).toBeLessThan(5_000);
  // Those that were given back have not been sent, and have used up nothing.
  const begun = [...database.tables.instances.values()].filter(
    ({ sagaId, state }) => sagaId.startsWith('slow-') && state.dispatched.length > 0,
  );
  expect(begun).toEqual([]);
  expect(services.journal.entries.filter(({ operation }) => operation === 'hung.call')).toEqual([]);
});
