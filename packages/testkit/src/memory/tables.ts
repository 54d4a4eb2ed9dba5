import type { Letter } from '@counterstep/saga-core/engine';
import type { RecordedEvent, SagaState } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import type { Simulation } from '../time/index.ts';

/** A saga as its row would hold it. */
export interface Instance {
  readonly sagaId: string;
  readonly definition: string;
  readonly version: number;
  readonly input: Json;
  readonly deadlineAt: string | null;
  /** As the last writer said it is; the invariants compare it with the fold of the log. */
  state: SagaState;
  seq: number;
  fence: bigint;
  owner: string | null;
  mailReceived: number;
  mailRead: number;
  updatedMs: number;
}

/** Work that waits to be claimed. */
export interface Ready {
  readonly runAtMs: number;
  readonly definitionKey: string;
}

/** An event, and the moment of its commit in the order of everything that happens. */
export interface LoggedEvent {
  readonly event: RecordedEvent;
  readonly tick: number;
  /** Under which the saga stood after it. */
  readonly fence: bigint;
}

/** A letter, and the moment at which it was put there. */
export interface PostedLetter {
  readonly letter: Letter;
  readonly tick: number;
}

/** What a database would hold. Open, so that a test can corrupt it and see the checks find it. */
export interface Tables {
  readonly instances: Map<string, Instance>;
  readonly logs: Map<string, LoggedEvent[]>;
  readonly mail: Map<string, PostedLetter[]>;
  readonly ready: Map<string, Ready>;
}

/** One database of a simulation, shared by all its workers. Every function on it is one transaction. */
export interface MemoryDatabase {
  readonly sim: Simulation;
  readonly tables: Tables;
}

/** An empty database. */
export function createMemoryDatabase(sim: Simulation): MemoryDatabase {
  return {
    sim,
    tables: { instances: new Map(), logs: new Map(), mail: new Map(), ready: new Map() },
  };
}

/** Nothing that goes in or comes out is shared with whoever holds it. */
export function copyOf<Value>(value: Value): Value {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);
}

export function instanceOf({ tables }: MemoryDatabase, sagaId: string): Instance {
  const instance = tables.instances.get(sagaId);
  if (!instance) throw new Error(`There is no saga ${sagaId}.`);
  return instance;
}

export const definitionKeyOf = ({ definition, version }: Instance): string =>
  `${definition}@${version}`;

/** The earlier time counts when it waits already. */
export function makeReady(database: MemoryDatabase, instance: Instance, runAtMs: number): void {
  const { ready } = database.tables;
  const present = ready.get(instance.sagaId)?.runAtMs ?? Number.POSITIVE_INFINITY;
  ready.set(instance.sagaId, {
    runAtMs: Math.min(present, runAtMs),
    definitionKey: definitionKeyOf(instance),
  });
}

/** Appends to a log. */
export function append(
  { sim, tables }: MemoryDatabase,
  { sagaId, fence }: Instance,
  events: readonly RecordedEvent[],
): void {
  const log = tables.logs.get(sagaId) ?? [];
  tables.logs.set(sagaId, log);
  // What comes back from a database has been JSON.
  for (const event of events) {
    log.push({
      event: JSON.parse(JSON.stringify(event)) as RecordedEvent,
      tick: sim.tick(),
      fence,
    });
  }
}

/** The whole log of one saga. */
export function readLog({ tables }: MemoryDatabase, sagaId: string): RecordedEvent[] {
  return (tables.logs.get(sagaId) ?? []).map(({ event }) => copyOf(event));
}
