import { createReactor, type Reactor } from '@counterstep/db/bus';
import {
  createMemory,
  foldMessages,
  type Flows,
  flowsOf,
  type Memory,
  readChoreographyMail,
  type StallPolicy,
} from '@counterstep/db/tracker';
import type { ServiceParticipant } from '@counterstep/db/barrier';
import type { Pool } from '@counterstep/db/tx';
import type {
  MessageBus,
  Reader,
  RecordedMessage,
  Subscription,
} from '@counterstep/saga-core/choreography';
import { type Lifecycle, sleep, systemTime } from '@counterstep/saga-core/engine';
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
  /** Logs that whoever folds in this process has in hand. */
  readonly memory?: Memory;
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
  const readers: { readonly reader: Reader; readonly sources: readonly ServiceName[] }[] = [];
  const ofEach = (act: (reader: Reader) => Promise<void>) =>
    Promise.all(readers.map(({ reader }) => act(reader)));
  const base = { member, members, onError };
  const subscribe = (
    sources: readonly ServiceName[],
    rest: Pick<Subscription, 'group' | 'handle' | 'types'>,
  ) => {
    readers.push({ reader: bus.subscribe({ ...base, sources, ...rest }), sources });
  };
  const reactors = serviceNames.flatMap((service) => {
    const participant = options.participants.get(service);
    if (!participant) return [];
    const onEmit = () => {
      for (const { reader, sources } of readers) if (sources.includes(service)) reader.wake();
      options.onOutbox();
    };
    const reactor = reactorOf(service, participant, onEmit, { ...options, flow });
    const handle = deliver(reactor.handle);
    const types = typesFor(flow, service);
    for (const source of sourcesOf(service)) {
      subscribe([source], { group: service, handle, types });
    }
    return [reactor];
  });
  const flows = flowsOf([flow]);
  if (isTracked) {
    const handle = trackWith(flows, options);
    subscribe(sourcesOf(trackerGroup), { group: trackerGroup, handle });
  }
  const mail = repeat(500, onError, () => readMail(flows, options));
  const stalls = createStallWatch({ ...options, flows, policy: options.stallPolicy });

  return {
    async start() {
      const onlookers = isTracked ? [mail, stalls] : [];
      const parts: Lifecycle[] = [...reactors, ...onlookers];
      await Promise.all([...parts.map((part) => part.start()), ofEach((reader) => reader.start())]);
    },
    async stop() {
      await Promise.all([mail.stop(), stalls.stop()]);
      await ofEach((reader) => reader.stop());
      await Promise.all(reactors.map((reactor) => reactor.stop()));
    },
    wake() {
      for (const { reader } of readers) reader.wake();
    },
    wakeForMail: () => mail.wake(),
    async free(workerIds) {
      await ofEach((reader) => reader.takeOver(workerIds));
    },
  };
}

/** What a service reacts to: of other messages it need not even read what they say. */
const typesFor = ({ reactions }: Flow, name: ServiceName): readonly string[] => [
  ...new Set(reactions.filter(({ service }) => service === name).map(({ on }) => on.type)),
];

/**
 * A fold reads and writes a saga's row, however many messages it folds: under load they gather. After a
 * fold the tracker rests for as long as it took, this long at the most.
 */
const restMsMax = 100;

function trackWith(
  flows: Flows,
  { saga, memory = createMemory(), onEvents, onError }: ChoreographyOptions,
): (messages: readonly RecordedMessage[]) => Promise<void> {
  return async (messages) => {
    const startedMs = performance.now();
    await foldMessages(saga, flows, messages, { memory, onError });
    onEvents();
    await sleep(systemTime, Math.min(performance.now() - startedMs, restMsMax));
  };
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
