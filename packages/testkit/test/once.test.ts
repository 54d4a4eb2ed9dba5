import { defineSaga } from '@counterstep/saga-core/definition';
import { isTerminal } from '@counterstep/saga-core/machine';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { createCluster } from '../src/cluster/index.ts';
import { accept } from '../src/memory/index.ts';
import type { Network } from '../src/network/index.ts';
import { createSimulation } from '../src/time/index.ts';

it('a step of a group is called once, though its answer comes while another one is being written', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const sim = createSimulation({ seed });
    const calls: string[] = [];
    const call = ({ key }: { key: string }) => Promise.resolve(calls.push(key));
    const both = { run: call, undo: call };
    const saga = defineSaga({ name: 'group', version: 1, input: z.object({}) })
      .parallel('at-once', (group) =>
        group.step('a', both).step('b', both).step('c', both).step('d', both),
      )
      .build();
    // Answers trickle in while a write is under way.
    const network: Network = ({ target }) =>
      target === 'store'
        ? { requestMs: 20, replyMs: 20 }
        : { requestMs: sim.delay(1, 30), replyMs: sim.delay(1, 30) };
    const cluster = createCluster({ sim, network, definitions: () => [saga] });
    accept(cluster.database, saga, { sagaId: 'one', input: {} });
    cluster.start();
    const end = await sim.run(
      () =>
        isTerminal(cluster.database.tables.instances.get('one')?.state.phase.status ?? 'pending'),
      { virtualMsMax: 10_000 },
    );
    expect(end).toBe('done');
    expect(calls.toSorted()).toEqual(['a', 'b', 'c', 'd'].map((step) => `one/${step}/action`));
  }
});
