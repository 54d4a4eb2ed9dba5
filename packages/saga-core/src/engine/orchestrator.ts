import {
  createRegistry,
  DefinitionError,
  definitionKey,
  type SagaShape,
} from '../definition/index.ts';
import { createBatcher } from './batcher.ts';
import { createBulkhead } from './bulkhead.ts';
import type { Participants } from './call.ts';
import { createAlarm, type Lifecycle } from './lifecycle.ts';
import type { ClaimedSaga, Clock, SagaStore, SagaWrite, WriteResult } from './ports.ts';
import { Run, type RunContext } from './run.ts';

export interface OrchestratorOptions {
  readonly definitions: readonly SagaShape[];
  readonly store: SagaStore;
  readonly participants: Participants;
  readonly clock: Clock;
  /** Uniform in [0, 1); default `Math.random`. */
  readonly random?: () => number;
  /** Name of this worker in the log. */
  readonly actor: string;
  /** Sagas in hand at the most; default 512. */
  readonly capacity?: number;
  readonly onError: (error: unknown) => void;
}

export interface Orchestrator extends Lifecycle {
  /** Something may be due: look now rather than at the next poll. */
  wake(): void;
  /** Letters have come for some sagas in hand: look for them. */
  wakeForMail(): Promise<void>;
  /** The lease is lost: forget all sagas without writing. */
  dropAll(): void;
  readonly held: readonly string[];
}

/** Due sagas are found this late at the most when a wake-up is lost. */
const pollMs = 250;
/** Writes per statement and statements under way: while one commits, the next one gathers. */
const writeSizeMax = 500;
const writesInFlightMax = 2;
/**
 * Steps of many sagas that end one by one would make writes of a few rows each (ADR 18). A quarter of
 * what is in hand is enough: where few sagas run, or run in step, nobody waits for more.
 */
const writeLinger = { from: 8, ms: 5, enoughMax: 64, share: 0.25 };
/** Share of the capacity that one slow service may hold. */
const compartment = 0.75;
/** Claims smaller than this wait for more free slots while a backlog lasts. */
const claimSizeMin = 32;

/** Claims sagas and drives them, many at once, until stopped. */
export function createOrchestrator(options: OrchestratorOptions): Orchestrator {
  const { store, onError } = options;
  const capacity = options.capacity ?? 512;
  const definitions = new Map(
    createRegistry(options.definitions).all.map((definition) => [
      definitionKey(definition),
      definition,
    ]),
  );
  checkParticipants(options.definitions, options.participants);
  const keys = [...definitions.keys()];
  /** The run that letters for a saga go to. */
  const runs = new Map<string, Run>();
  /** Every run that has not ended, those that are releasing their saga included. */
  const active = new Set<Run>();
  const alarm = createAlarm(options.clock);
  const idle = createAlarm(options.clock);
  const batcher = createBatcher<SagaWrite, WriteResult>({
    run: (writes) =>
      store.write(writes).catch((error: unknown) => {
        onError(error);
        throw error;
      }),
    sizeMax: writeSizeMax,
    inFlightMax: writesInFlightMax,
    defer: (run) => options.clock.defer(run),
    linger: {
      from: writeLinger.from,
      enough: () => Math.min(writeLinger.enoughMax, writeLinger.share * active.size),
      ms: writeLinger.ms,
      after: (ms, run) => options.clock.after(ms, run),
    },
  });
  let stopping = false;
  /** The last claim took most of what there was room for, so more may be waiting. */
  let hungry = false;
  let loop: Promise<void> | undefined;

  const context: RunContext = {
    store,
    bulkhead: createBulkhead({
      callsMax: Math.ceil(capacity * compartment),
      clock: options.clock,
    }),
    participants: options.participants,
    clock: options.clock,
    random: options.random ?? Math.random,
    actor: options.actor,
    write(write, run) {
      // Forgotten before the release is sent: another claim of ours may come back first.
      const isLeaving = write.release !== undefined && runs.get(write.sagaId) === run;
      if (!isLeaving) return batcher.add(write);
      runs.delete(write.sagaId);
      const stays = () => {
        if (!runs.has(write.sagaId)) runs.set(write.sagaId, run);
      };
      return batcher.add(write).then(
        (result) => {
          if (result.kind === 'mail') stays();
          return result;
        },
        (error: unknown) => {
          stays();
          throw error;
        },
      );
    },
  };

  function runOf(saga: ClaimedSaga): Run {
    const definition = definitions.get(saga.definitionKey);
    if (!definition) throw new Error(`Claimed a saga of unknown definition ${saga.definitionKey}.`);
    return new Run(saga, definition, context);
  }

  /** Claims what is due; new sagas begin with it. Says how many there were. */
  async function claim(limit: number): Promise<number> {
    const begun = new Map<string, Run>();
    const discard = (sagaId: string) => begun.get(sagaId)?.discard();
    try {
      const sagas = await store.claim(limit, keys, (saga) => {
        discard(saga.sagaId);
        const run = runOf(saga);
        begun.set(saga.sagaId, run);
        return run.firstWrite();
      });
      for (const saga of sagas) {
        const run = begun.get(saga.sagaId);
        begun.delete(saga.sagaId);
        if (run && saga.hasBegun) {
          drive(run, true);
        } else {
          // It may have been asked for an attempt that came to nothing, under another fence.
          run?.discard();
          drive(runOf(saga), false);
        }
      }
      return sagas.length;
    } finally {
      for (const sagaId of begun.keys()) discard(sagaId);
    }
  }

  function drive(run: Run, hasBegun: boolean): void {
    const { sagaId } = run;
    runs.set(sagaId, run);
    active.add(run);
    void run
      .drive(hasBegun)
      .catch((error: unknown) => {
        onError(error);
        return run.abandon();
      })
      .catch(onError)
      .finally(() => {
        active.delete(run);
        if (runs.get(sagaId) === run) runs.delete(sagaId);
        if (hungry && runs.size <= capacity - claimSizeMin) alarm.wake();
        if (active.size === 0) idle.wake();
      });
  }

  async function claimLoop(): Promise<void> {
    while (!stopping) {
      const free = capacity - runs.size;
      if (free > 0) {
        try {
          // Some of what was due may have been passed over, since somebody else held it.
          hungry = (await claim(free)) > free / 2;
        } catch (error) {
          hungry = false;
          onError(error);
        }
      }
      // With a backlog the next claim goes at once, unless it would be a small one.
      const isBacklog = hungry && capacity - runs.size >= claimSizeMin;
      if (!isBacklog) await alarm.wait(pollMs);
    }
  }

  return {
    start() {
      loop ??= claimLoop();
      return Promise.resolve();
    },
    async stop() {
      stopping = true;
      alarm.wake();
      await loop;
      for (const run of active) run.stop();
      while (active.size > 0) await idle.wait(pollMs);
    },
    wake: () => alarm.wake(),
    async wakeForMail() {
      for (const sagaId of await store.sagasWithMail()) runs.get(sagaId)?.nudge();
    },
    dropAll() {
      for (const run of active) run.drop();
      runs.clear();
    },
    get held() {
      return [...active].map((run) => run.sagaId);
    },
  };
}

/** A saga that calls a service nobody speaks for would fail at its first step, again and again. */
function checkParticipants(definitions: readonly SagaShape[], participants: Participants): void {
  for (const definition of definitions) {
    for (const { name, action, compensation } of definition.steps) {
      for (const work of [action, compensation]) {
        if (work?.kind !== 'operation' || participants.has(work.operation.service)) continue;
        throw new DefinitionError(
          `Saga ${definitionKey(definition)}: step "${name}" calls "${work.operation.name}", and this ` +
            `worker has no participant for the service "${work.operation.service}". Add one.`,
        );
      }
    }
  }
}
