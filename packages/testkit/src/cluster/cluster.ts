import type { SagaShape } from '@counterstep/saga-core/definition';
import { isTerminal } from '@counterstep/saga-core/machine';
import {
  createMemoryDatabase,
  createMemoryServices,
  type MemoryDatabase,
  type MemoryServices,
  memoryStore,
  type ServiceAnswer,
  type ServiceCall,
} from '../memory/index.ts';
import type { FunctionWitness, Network } from '../network/index.ts';
import type { Simulation } from '../time/index.ts';
import { createLeases } from './leases.ts';
import { type SimulatedWorker, startWorker, type StoreOf } from './worker.ts';

export interface ClusterOptions {
  readonly sim: Simulation;
  readonly network: Network;
  /** Made from the services, since plain functions call them. */
  readonly definitions: (services: MemoryServices) => readonly SagaShape[];
  readonly answer?: (call: ServiceCall) => ServiceAnswer;
  /** Put plain functions into the journal as they run; for those that do not call the services. */
  readonly witnessesFunctions?: boolean;
  /** Sagas in the hands of one worker at the most; default 64. */
  readonly capacity?: number;
  /** Default `memoryStore`. */
  readonly storeOf?: StoreOf;
}

/** A database, its services and any number of workers, all in one simulation. */
export interface Cluster {
  readonly sim: Simulation;
  readonly database: MemoryDatabase;
  readonly services: MemoryServices;
  readonly definitions: readonly SagaShape[];
  /** All that ever were, the newest last. */
  readonly workers: readonly SimulatedWorker[];
  /** Errors that the engine reported though nothing outside of it was to blame. */
  readonly faults: readonly unknown[];
  start(): SimulatedWorker;
  definitionOf(sagaId: string): SagaShape;
  /** Ids of the sagas that have not ended. */
  open(): string[];
}

export function createCluster(options: ClusterOptions): Cluster {
  const { sim, network, answer, capacity = 64, storeOf = memoryStore } = options;
  const database = createMemoryDatabase(sim);
  const services = createMemoryServices(sim, answer);
  const definitions = options.definitions(services);
  const leases = createLeases(database);
  const workers: SimulatedWorker[] = [];
  const faults: unknown[] = [];
  const witness = options.witnessesFunctions ? functionWitness(services) : () => undefined;
  return {
    sim,
    database,
    services,
    definitions,
    workers,
    faults,
    start() {
      const worker = startWorker({
        id: `w${workers.length + 1}`,
        database,
        services,
        definitions,
        network,
        leases,
        storeOf,
        capacity,
        witness,
        onFault: (error) => faults.push(error),
      });
      workers.push(worker);
      return worker;
    },
    definitionOf(sagaId) {
      const saga = database.tables.instances.get(sagaId);
      const found = definitions.find(
        ({ name, version }) => name === saga?.definition && version === saga.version,
      );
      if (!found) throw new Error(`Nobody knows the definition of ${sagaId}.`);
      return found;
    },
    open: () =>
      [...database.tables.instances.values()]
        .filter(({ state }) => !isTerminal(state.phase.status))
        .map(({ sagaId }) => sagaId),
  };
}

/** A function whose far side honours the key makes its effect with the first call that returns. */
function functionWitness({ journal }: MemoryServices): FunctionWitness {
  const done = new Set<string>();
  return ({ key, attempt, ok }) => {
    const [sagaId = '', step = '', direction] = key.split('/');
    journal.add({
      verb: 'function',
      sagaId,
      step,
      direction: direction === 'compensation' ? 'compensation' : 'action',
      attempt,
      generation: 0,
      operation: 'function',
      request: null,
      answer: ok ? 'applied' : 'threw',
      isEffect: ok && !done.has(key),
    });
    if (ok) done.add(key);
  };
}
