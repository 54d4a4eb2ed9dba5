import type { SagaShape } from '@counterstep/saga-core/definition';
import {
  createOrchestrator,
  type Orchestrator,
  type SagaStore,
  sleep,
} from '@counterstep/saga-core/engine';
import { type MemoryDatabase, memoryParticipants, type MemoryServices } from '../memory/index.ts';
import {
  ConnectionLostError,
  definitionOver,
  type FunctionWitness,
  type Network,
  participantsOver,
  reach,
  storeOver,
} from '../network/index.ts';
import type { SimulatedProcess } from '../time/index.ts';
import type { Leases } from './leases.ts';

/** Makes the store of one worker; another than the one in memory may be tried. */
export type StoreOf = (database: MemoryDatabase, workerId: string) => SagaStore;

export interface WorkerOptions {
  readonly id: string;
  readonly database: MemoryDatabase;
  readonly services: MemoryServices;
  readonly definitions: readonly SagaShape[];
  readonly network: Network;
  readonly leases: Leases;
  readonly storeOf: StoreOf;
  /** Sagas in hand at the most. */
  readonly capacity: number;
  readonly witness: FunctionWitness;
  /** Whatever the engine reports beside a connection that was lost: a fault of its own. */
  readonly onFault: (error: unknown) => void;
}

/** One worker process of a simulation: the real engine on simulated ports. */
export interface SimulatedWorker {
  readonly id: string;
  readonly process: SimulatedProcess;
  /** The database has given it up, or it has ended in good order. */
  readonly isOver: boolean;
  /** Hands its sagas back and ends. */
  stop(): void;
}

const beatMs = 1_000;
/** This long without an answered heartbeat, and the lease may be gone. */
const silenceMsMax = 4_500;

export function startWorker(options: WorkerOptions): SimulatedWorker {
  const { id, database, services, network, leases, witness } = options;
  const { sim } = database;
  const process = sim.process(id);
  const connection = { sim, network, process };
  const store = storeOver(connection, options.storeOf(database, id));
  const definitions = options.definitions.map((definition) =>
    definitionOver(connection, definition, witness),
  );
  const onError = (error: unknown) => {
    if (!(error instanceof ConnectionLostError)) options.onFault(error);
  };
  const orchestrator: Orchestrator = createOrchestrator({
    definitions,
    store,
    participants: participantsOver(connection, memoryParticipants(services, definitions)),
    clock: process.clock,
    random: () => sim.random.next(),
    actor: id,
    capacity: options.capacity,
    onError,
  });
  let isOver = false;
  let answeredMs = sim.nowMs;

  function expel(): void {
    isOver = true;
    orchestrator.dropAll();
    // The process exits; a new one with a new name takes its place.
    process.later(50, 'exits', () => process.kill());
  }

  async function beat(): Promise<void> {
    const site = { process, target: 'store', what: 'heartbeat' };
    const isKnown = await reach(sim, network, site, () => leases.beat(id)).catch(() => undefined);
    if (isKnown) answeredMs = sim.nowMs;
    if (isKnown === false) expel();
  }

  async function keepAlive(): Promise<void> {
    while (!isOver) {
      void beat();
      await sleep(process.clock, beatMs);
      if (sim.nowMs - answeredMs > silenceMsMax && !isOver) expel();
    }
  }

  async function keepHouse(): Promise<void> {
    while (!isOver) {
      await sleep(process.clock, beatMs);
      try {
        await store.releaseStrays(orchestrator.held);
        await orchestrator.wakeForMail();
      } catch (error) {
        onError(error);
      }
    }
  }

  leases.register(id, process);
  void orchestrator.start();
  void keepAlive();
  void keepHouse();
  return {
    id,
    process,
    get isOver() {
      return isOver || process.status === 'dead';
    },
    stop() {
      void orchestrator.stop().then(() => {
        isOver = true;
        process.kill();
      });
    },
  };
}
