import { createReactor, type Reactor } from '@counterstep/db/bus';
import {
  createMemory,
  foldMessages,
  type Flows,
  flowsOf,
  readChoreographyMail,
  type StallPolicy,
} from '@counterstep/db/tracker';
import type { ServiceParticipant } from '@counterstep/db/barrier';
import type { Pool } from '@counterstep/db/tx';
import type { MessageBus, Reader, RecordedMessage } from '@counterstep/saga-core/choreography';
import { type Batcher, createBatcher, type Lifecycle } from '@counterstep/saga-core/engine';
import { sourcesOf, trackerGroup } from '@counterstep/services/bus';
import { placeOrderChoreography } from '@counterstep/services/place-order';
import {
  type ServiceDatabases,
  type ServiceName,
  serviceNames,
} from '@counterstep/services/databases';
import { repeat } from './repeat.ts';
import { createStallWatch } from './stall-watch.ts';

export interface ChoreographyOptions {
  readonly workerId: string;
  readonly bus: MessageBus;
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
  readonly participants: ReadonlyMap<ServiceName, ServiceParticipant>;
  /** The database's time, in ms. */
  readonly nowMs: () => number;
  /** Workers that share the partitions, this one included. */
  readonly liveWorkers: () => number;
  readonly stallPolicy: StallPolicy;
  /** Something was written to an outbox, or to a log. */
  readonly onOutbox: () => void;
  readonly onEvents: () => void;
  readonly onError: (error: unknown) => void;
  /** The same flow with other limits and policies. */
  readonly flow?: Flow;
  /** False: only the services' own parts run, and nobody looks on. */
  readonly isTracked?: boolean;
  /** Comes between what a service's readers find and its reactor. */
  readonly deliver?: (handle: Reactor['handle']) => Reactor['handle'];
}

export interface Choreography extends Lifecycle {
  /** Messages have come. */
  wake(): void;
  /** Letters have come to sagas that nobody owns. */
  wakeForMail(): void;
  /** Takes over what dead workers were reading. */
  free(workerIds: readonly string[]): Promise<void>;
}

type Flow = typeof placeOrderChoreography;

/**
 * The choreographed style in this process: for each service a reactor with readers of the outboxes it
 * listens to, and the tracker, which only looks on. None of them knows of a coordinator.
 */
export function createChoreography(options: ChoreographyOptions): Choreography {
  const { onError, flow = placeOrderChoreography, isTracked = true } = options;
  const { bus, workerId: member, liveWorkers: members, deliver = (handle) => handle } = options;
  const readers: Reader[] = [];
  const wake = () => {
    for (const reader of readers) reader.wake();
  };
  const onEmit = () => {
    wake();
    options.onOutbox();
  };
  const base = { member, members, onError };
  const reactors = serviceNames.flatMap((service) => {
    const participant = options.participants.get(service);
    if (!participant) return [];
    const reactor = reactorOf(service, participant, onEmit, { ...options, flow });
    const handle = deliver(reactor.handle);
    for (const source of sourcesOf(service)) {
      readers.push(bus.subscribe({ ...base, source, group: service, handle }));
    }
    return [reactor];
  });
  const flows = flowsOf([flow]);
  const { add: handle } = trackerOf(flows, options);
  for (const source of isTracked ? sourcesOf(trackerGroup) : []) {
    const tracking = { source, group: trackerGroup, handle, restMsMax: trackerRestMsMax };
    readers.push(bus.subscribe({ ...base, ...tracking }));
  }
  const mail = repeat(500, onError, () => readMail(flows, options));
  const stalls = createStallWatch({ ...options, flows, policy: options.stallPolicy });

  return {
    async start() {
      const onlookers = isTracked ? [mail, stalls] : [];
      const parts: Lifecycle[] = [...reactors, ...readers, ...onlookers];
      await Promise.all(parts.map((part) => part.start()));
    },
    async stop() {
      await Promise.all([mail.stop(), stalls.stop()]);
      await Promise.all(readers.map((reader) => reader.stop()));
      await Promise.all(reactors.map((reactor) => reactor.stop()));
    },
    wake,
    wakeForMail: () => mail.wake(),
    async free(workerIds) {
      await Promise.all(readers.map((reader) => reader.takeOver(workerIds)));
    },
  };
}

/**
 * A fold reads a saga's log and writes its row, however many messages it folds: all outboxes' messages
 * go together, and under load they gather. An idle saga's are shown at most this much later.
 */
const trackerRestMsMax = 100;

function trackerOf(
  flows: Flows,
  { saga, onEvents }: ChoreographyOptions,
): Batcher<readonly RecordedMessage[], void> {
  const memory = createMemory();
  return createBatcher<readonly RecordedMessage[], void>({
    async run(lists) {
      await foldMessages(saga, flows, lists.flat(), memory);
      onEvents();
      return lists.map(() => undefined);
    },
    sizeMax: serviceNames.length,
    inFlightMax: 1,
  });
}

function reactorOf(
  service: ServiceName,
  participant: ServiceParticipant,
  onEmit: () => void,
  { databases, nowMs, onError, flow }: ChoreographyOptions & { readonly flow: Flow },
): Reactor {
  const reactions = flow.reactions.filter((reaction) => reaction.service === service);
  const { definition } = flow;
  return createReactor({
    pool: databases[service],
    participant,
    reactions,
    definition,
    nowMs,
    onEmit,
    onError,
  });
}

async function readMail(
  flows: Flows,
  { saga, databases, participants, onOutbox, onEvents }: ChoreographyOptions,
): Promise<void> {
  const services = new Map(
    [...participants].map(([service, participant]) => [
      service,
      { pool: databases[service], participant },
    ]),
  );
  while (await readChoreographyMail(saga, flows, services)) {
    onOutbox();
    onEvents();
  }
}
