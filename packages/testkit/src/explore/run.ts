import type { SagaShape } from '@counterstep/saga-core/definition';
import { isTerminal, type SagaStatus } from '@counterstep/saga-core/machine';
import { type Cluster, createCluster } from '../cluster/index.ts';
import { checkInvariants, type Violation } from '../invariants/index.ts';
import { accept, operate, sendLetter } from '../memory/index.ts';
import type { Network } from '../network/index.ts';
import { createSimulation, type Simulation } from '../time/index.ts';
import type { World } from './world.ts';

export interface Subject {
  readonly definition: SagaShape;
  readonly input: unknown;
  /** Made anew for each run, so that it may count calls. */
  readonly world?: () => World;
  readonly seed: number;
  /** How long a run may take, virtual; default ten minutes. */
  readonly virtualMsMax?: number;
}

/** How one run of a saga ended. */
export interface RunReport {
  readonly status: SagaStatus;
  readonly violations: readonly Violation[];
  readonly cluster: Cluster;
}

const sagaId = 'explored';

/** An operator retries what is stuck so many times; a saga that is stuck after that stays so. */
const retriesMax = 10;
/** Beyond any timeout of the order of seconds; a saga that waits for longer says so. */
const defaultVirtualMsMax = 600_000;

/**
 * Runs one saga to its end: on one worker, and on another one as soon as that has ended.
 *
 * @param networkOf decides what becomes of each call
 */
export async function runOnce(
  { definition, input, world, seed, virtualMsMax = defaultVirtualMsMax }: Subject,
  networkOf: (sim: Simulation) => Network,
): Promise<RunReport> {
  const sim = createSimulation({ seed });
  const { answer, letters = [] } = world?.() ?? {};
  const cluster = createCluster({
    sim,
    network: networkOf(sim),
    definitions: () => [definition],
    witnessesFunctions: true,
    ...(answer && { answer }),
  });
  const { database } = cluster;
  accept(database, definition, { sagaId, input });
  for (const { afterMs, ...letter } of letters) {
    sim.later(afterMs, 'letter', () => sendLetter(database, sagaId, letter));
  }
  cluster.start();
  const endMs = sim.nowMs + virtualMsMax;
  let retries = 0;
  while (!isOver(cluster) && sim.nowMs < endMs) {
    if (cluster.workers.every((worker) => worker.isOver)) cluster.start();
    const { status, seq } = stateOf(cluster);
    if (status === 'stuck' && retries < retriesMax) {
      retries += 1;
      operate(database, definition, sagaId, seq, { action: 'retry', reason: 'again' });
    } else if (status === 'stuck') break;
    await sim.run(() => false, { virtualMsMax: 250 });
  }
  // Calls and copies that are still under way arrive at what is over.
  await sim.run(() => false, { virtualMsMax: lateMsOf(definition) + 5_000 });
  return {
    status: stateOf(cluster).status,
    violations: checkInvariants(cluster, [sagaId]),
    cluster,
  };
}

function isOver(cluster: Cluster): boolean {
  return isTerminal(stateOf(cluster).status);
}

function stateOf({ database }: Cluster): { status: SagaStatus; seq: number } {
  const { state, seq } = database.tables.instances.get(sagaId) ?? {};
  return { status: state?.phase.status ?? 'pending', seq: seq ?? 0 };
}

/** So late that nobody waits for it any more. */
export function lateMsOf({ steps }: SagaShape): number {
  return 2 * Math.max(...steps.map(({ timeoutMs }) => timeoutMs)) + 1_000;
}
