import { createParticipant } from '@counterstep/db/barrier';
import { createFaultGate } from '@counterstep/db/faults';
import { listWorkers } from '@counterstep/db/read';
import { createRetention, type RetentionPolicy } from '@counterstep/db/retention';
import { createSagaStore, reapWorker } from '@counterstep/db/store';
import { createMemory, type StallPolicy } from '@counterstep/db/tracker';
import { createPool } from '@counterstep/db/tx';
import { registerShapes } from '@counterstep/db/versions';
import { createNotifier, listen, type Topic } from '@counterstep/db/wake';
import { definitionKey, type SagaShape } from '@counterstep/saga-core/definition';
import { createOrchestrator, type Lifecycle, type SagaStore } from '@counterstep/saga-core/engine';
import { createServiceBus, trimOutboxes } from '@counterstep/services/bus';
import {
  type DatabaseUrls,
  openServiceDatabases,
  serviceNames,
} from '@counterstep/services/databases';
import { serviceOperations } from '@counterstep/services/participants';
import { placeBatch } from '@counterstep/services/place-order';
import { sagas } from '@counterstep/services/sagas';
import { type ChoreographyOptions, createChoreography } from './choreography.ts';
import { DatabaseClock } from './database-clock.ts';

import { createIdentity } from './identity.ts';
import { log } from './log.ts';
import { createMembership } from './membership.ts';
import { createReaper } from './reaper.ts';
import { repeat } from './repeat.ts';

export interface WorkerOptions {
  /** Default: the alarm, and nothing else. */
  readonly stallPolicy?: StallPolicy;
  /** Absent: sagas that have ended are kept for ever. */
  readonly retention?: RetentionPolicy | undefined;
  /** Messages stay in their outboxes so long after their saga has ended. Default 72. */
  readonly outboxHours?: number;
  /** The incarnation of this process before, which has ended: what it held is taken over at once. */
  readonly predecessor?: string | undefined;
  /** Limits of the choreographed orders, where they are not the usual ones. */
  readonly flow?: ChoreographyOptions['flow'];
}

export interface Worker extends Lifecycle {
  /** Of this incarnation; never used again. */
  readonly id: string;
  /** Resolves when the database has given this worker up: it holds nothing any more. */
  readonly expelled: Promise<void>;
}

/** Everything that one worker process runs, joined. */
export function createWorker(
  urls: DatabaseUrls,
  definitions: readonly SagaShape[] = sagas.all,
  { retention, outboxHours = 72, predecessor, flow, stallPolicy = 'alarm' }: WorkerOptions = {},
): Worker {
  const identity = createIdentity();
  const onError = (error: unknown) => log.error(identity.actor, error);
  const saga = createPool({
    url: urls.main,
    role: 'counterstep_engine',
    searchPath: 'saga',
    applicationName: `counterstep engine ${identity.actor}`,
    lookupsOnly: true,
    size: 8,
  });
  const wakes = createPool({
    url: urls.main,
    searchPath: 'saga',
    applicationName: `counterstep wake ${identity.actor}`,
    size: 1,
  });
  const databases = openServiceDatabases(urls, {
    applicationName: `counterstep ${identity.actor}`,
  });
  const notifier = createNotifier(wakes);
  const faults = createFaultGate(saga, identity.id, onError);
  const participants = new Map(
    serviceNames.map((service) => [
      service,
      createParticipant({
        pool: databases[service],
        operations: serviceOperations[service],
        faults,
      }),
    ]),
  );
  const clock = new DatabaseClock();
  const store = announcing(createSagaStore(saga, identity.id), () => notifier.notify('events'));
  const orchestrator = createOrchestrator({
    definitions,
    store,
    participants,
    clock,
    actor: identity.actor,
    onError,
  });
  let liveWorkers = 1;
  const memory = createMemory();
  const choreography = createChoreography({
    bus: createServiceBus({ saga, databases }),
    workerId: identity.id,
    saga,
    databases,
    participants,
    nowMs: () => Date.parse(clock.now()),
    liveWorkers: () => liveWorkers,
    stallPolicy,
    memory,
    onOutbox: () => notifier.notify('outbox'),
    onEvents: () => notifier.notify('events'),
    onError,
    ...(flow && { flow }),
  });
  let expel: () => void = () => undefined;
  const expelled = new Promise<void>((resolve) => {
    expel = resolve;
  });
  const membership = createMembership({
    url: urls.main,
    identity,
    clock,
    definitionKeys: definitions.map((definition) => definitionKey(definition)),
    inFlight: () => orchestrator.held.length,
    onExpelled() {
      orchestrator.dropAll();
      expel();
    },
    onError,
  });
  const reaper = createReaper({
    pool: saga,
    self: identity.id,
    onReaped(workerId, sagas) {
      log.info(
        identity.actor,
        `took ${sagas} sagas from worker ${workerId.slice(0, 4)}, which has ended`,
      );
      orchestrator.wake();
      choreography.free([workerId]).then(choreography.wake, onError);
    },
    onError,
  });
  let stopping: Promise<void> | undefined;
  const launcher = repeat(200, onError, async () => {
    while (!stopping && (await placeBatch({ saga, databases, memory })) > 0) orchestrator.wake();
  });
  const housekeeping = repeat(1_000, onError, async () => {
    liveWorkers = (await listWorkers(saga)).filter((worker) => worker.status === 'live').length;
    await store.releaseStrays(orchestrator.held);
    await orchestrator.wakeForMail();
  });
  const retiring = retention && createRetention({ pool: saga, policy: retention, onError });
  const trimming = repeat(trimEveryMs, onError, async () => {
    await trimOutboxes({ saga, databases }, outboxHours, () => stopping !== undefined);
  });
  const onWake: Record<Topic, () => void> = {
    ready() {
      orchestrator.wake();
      launcher.wake();
    },
    mail() {
      orchestrator.wakeForMail().catch(onError);
      choreography.wakeForMail();
    },
    outbox: () => choreography.wake(),
    faults: () => void faults.refresh().catch(onError),
    events: () => undefined,
  };
  let listener: { stop(): Promise<void> } | undefined;
  const parts: Lifecycle[] = [
    faults,
    orchestrator,
    choreography,
    launcher,
    reaper,
    housekeeping,
    trimming,
  ];
  if (retiring) parts.push(retiring);

  async function stop(): Promise<void> {
    // Each part is stopped whatever became of the others: a database that is away must not leave
    // half a worker behind.
    const all = async (...ends: Promise<void>[]) => {
      for (const end of await Promise.allSettled(ends)) {
        if (end.status === 'rejected') onError(end.reason);
      }
    };
    await all(membership.drain());
    await all(
      launcher.stop(),
      housekeeping.stop(),
      reaper.stop(),
      trimming.stop(),
      retiring?.stop() ?? gone,
    );
    await all(orchestrator.stop(), choreography.stop());
    notifier.stop();
    await all(faults.stop(), membership.stop(), listener?.stop() ?? gone);
    await all(saga.end(), wakes.end(), databases.end());
    log.info(identity.actor, 'stopped');
  }

  return {
    id: identity.id,
    expelled,
    async start() {
      await registerShapes(saga, definitions);
      await membership.start();
      if (predecessor !== undefined) await reapWorker(saga, predecessor);
      listener = await listen(urls.main, `counterstep listen ${identity.actor}`, (topic) =>
        onWake[topic](),
      );
      await Promise.all(parts.map((part) => part.start()));
      log.info(identity.actor, `ready, pid ${identity.pid}`);
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** A part of it does no harm by staying for some minutes. */
const trimEveryMs = 5 * 60_000;
const gone = Promise.resolve();

/** Tells viewers that logs have grown: after each write, and when sagas begin. */
function announcing(store: SagaStore, announce: () => void): SagaStore {
  return {
    ...store,
    async claim(limit, definitionKeys, begin) {
      const sagas = await store.claim(limit, definitionKeys, begin);
      if (sagas.some((saga) => saga.hasBegun)) announce();
      return sagas;
    },
    async write(writes) {
      const results = await store.write(writes);
      announce();
      return results;
    },
  };
}
