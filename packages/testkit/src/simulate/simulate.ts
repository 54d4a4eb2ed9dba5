import type { SagaStatus } from '@counterstep/saga-core/machine';
import { type Blueprint, blueprintsOf, definitionOf, farSideOf } from '../arbitrary/index.ts';
import { type Cluster, createCluster, type StoreOf } from '../cluster/index.ts';
import { checkInvariants, type Violation } from '../invariants/index.ts';
import { accept } from '../memory/index.ts';
import { createSimulation } from '../time/index.ts';
import { keepWorkers, startChaos } from './chaos.ts';
import { type Faults, faultyAnswers, faultyNetwork, someFaults } from './faults.ts';
import { Caretaker, caretakerReason } from './people.ts';

export interface SimulateOptions {
  /** Fixes everything: the same seed, options and code give the same run, event for event. */
  readonly seed: number;
  /** Default 3. */
  readonly workers?: number;
  /** Default 8. */
  readonly sagas?: number;
  /** Kinds of saga; by default three that the seed chooses. */
  readonly blueprints?: readonly Blueprint[];
  /** By default some of all kinds, as the seed chooses. */
  readonly faults?: Partial<Faults>;
  /** A store of your own, in virtual time; default the one in memory. */
  readonly storeOf?: StoreOf;
  /** Called before anything happens, for instance to break something on purpose. */
  readonly prepare?: (cluster: Cluster) => void;
  /** Keeps a line for each event, for reading. */
  readonly keepsTrace?: boolean;
}

export interface SimulationReport {
  readonly seed: number;
  /** None: every promise was kept. */
  readonly violations: readonly Violation[];
  /** How the sagas ended. */
  readonly ends: Readonly<Partial<Record<SagaStatus, number>>>;
  /** Sagas that only an operator's word could end, though no fault was left. */
  readonly resolvedByHand: readonly string[];
  readonly events: number;
  readonly calls: number;
  readonly workersStarted: number;
  readonly virtualMs: number;
  /** Equal for equal runs. */
  readonly hash: string;
  /** For a closer look at what happened. */
  readonly cluster: Cluster;
}

/** How long all may take to end once the faults have stopped: far longer than any wait of a blueprint. */
const calmMsMax = 300_000;
const lookMs = 500;

/** Runs sagas on several workers through faults of all kinds, then without, and checks every promise. */
export async function simulate(options: SimulateOptions): Promise<SimulationReport> {
  const { seed, workers = 3, sagas = 8, keepsTrace = false } = options;
  const blueprints = options.blueprints ?? blueprintsOf(seed, 3);
  const sim = createSimulation({ seed, keepsTrace });
  const faults = { ...someFaults(sim.random), ...options.faults };
  const startMs = sim.nowMs;
  const isRough = () => sim.nowMs - startMs < faults.chaosMs;
  const cluster = createCluster({
    sim,
    network: faultyNetwork(sim, faults, isRough),
    answer: faultyAnswers(sim, faults, isRough),
    definitions: (services) => {
      const garbles = () => isRough() && sim.random.chance(faults.unstorable);
      const farSide = farSideOf(services, garbles);
      return blueprints.map((blueprint) => definitionOf(blueprint, farSide));
    },
    capacity: sim.random.pick([2, 8, 64]),
    ...(options.storeOf && { storeOf: options.storeOf }),
  });
  options.prepare?.(cluster);
  keepWorkers(cluster, workers);
  startChaos(cluster, faults, isRough);
  const accepted = acceptSome(cluster, sagas, faults.chaosMs / 2);
  await sim.run(() => false, { virtualMsMax: faults.chaosMs });

  for (const { process } of cluster.workers) process.resume();
  const caretaker = new Caretaker(cluster);
  const endMs = sim.nowMs + calmMsMax;
  const isOver = () => accepted.length === sagas && cluster.open().length === 0;
  while (!isOver() && sim.nowMs < endMs) {
    caretaker.look();
    await sim.run(() => false, { virtualMsMax: lookMs });
  }
  // What is still on its way arrives: late calls must find their keys closed.
  await sim.run(() => false, { virtualMsMax: 10_000 });
  return report(cluster, accepted, caretaker, startMs);
}

/** Accepts them one after another; returns the ids that have been acknowledged, as they are. */
function acceptSome(cluster: Cluster, count: number, withinMs: number): string[] {
  const { sim, database, definitions } = cluster;
  const accepted: string[] = [];
  for (let index = 1; index <= count; index += 1) {
    const sagaId = `saga-${String(index).padStart(3, '0')}`;
    sim.later(sim.delay(0, withinMs), 'accept', () => {
      accept(database, sim.random.pick(definitions), {
        sagaId,
        input: { id: sagaId },
      });
      accepted.push(sagaId);
    });
  }
  return accepted;
}

function report(
  cluster: Cluster,
  accepted: readonly string[],
  caretaker: Caretaker,
  startMs: number,
): SimulationReport {
  const { sim, database, services, workers } = cluster;
  const violations = checkInvariants(cluster, accepted);
  for (const sagaId of cluster.open()) {
    const { state, owner } = database.tables.instances.get(sagaId) ?? {};
    const detail = `no fault is left, and it is ${state?.phase.status}, owned by ${owner}`;
    violations.push({ invariant: 'allEnd', sagaId, detail });
  }
  for (const sagaId of caretaker.resolved) {
    if (hasHadAWord(cluster, sagaId)) continue;
    const detail = 'no fault is left, and no retry moved it';
    violations.push({ invariant: 'retryHelps', sagaId, detail });
  }
  const ends: Partial<Record<SagaStatus, number>> = {};
  for (const { state } of database.tables.instances.values()) {
    ends[state.phase.status] = (ends[state.phase.status] ?? 0) + 1;
  }
  return {
    seed: sim.seed,
    violations,
    ends,
    resolvedByHand: [...caretaker.resolved],
    events: sim.trace.length,
    calls: services.journal.entries.length,
    workersStarted: workers.length,
    virtualMs: sim.nowMs - startMs,
    hash: sim.trace.hash,
    cluster,
  };
}

/** An operator's word may have closed a key for good; after a retry alone another one must help. */
function hasHadAWord({ database }: Cluster, sagaId: string): boolean {
  const log = database.tables.logs.get(sagaId) ?? [];
  return log.some(
    ({ event }) =>
      event.type === 'OperatorActed' &&
      event.data.action !== 'retry' &&
      event.data.reason !== caretakerReason,
  );
}
