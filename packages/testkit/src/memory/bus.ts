import type {
  Lag,
  Message,
  MessageBus,
  Reader,
  RecordedMessage,
  Subscription,
} from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';

const partitions = 8;
const pollMs = 20;

/** A message bus whose outboxes are arrays. */
interface MemoryBus extends MessageBus {
  /** A transaction of a source's service that has committed. */
  append(source: string, messages: readonly Message[]): void;
}

/** Where a group is in one partition of one source, and who reads there. */
interface Place {
  next: number;
  owner: string | undefined;
}

interface Source {
  readonly partitions: RecordedMessage[][];
  readonly ids: Set<string>;
}

export function createMemoryBus(): MemoryBus {
  const sources = new Map<string, Source>();
  const places = new Map<string, Place[]>();
  const readers = new Set<Reader>();

  const sourceOf = (name: string): Source =>
    getOrAdd(sources, name, () => ({
      partitions: Array.from({ length: partitions }, () => []),
      ids: new Set<string>(),
    }));
  const placesOf = (source: string, group: string): Place[] =>
    getOrAdd(places, `${source}/${group}`, () =>
      Array.from({ length: partitions }, () => ({ next: 0, owner: undefined })),
    );

  return {
    append(name, messages) {
      const source = sourceOf(name);
      for (const message of messages) {
        if (source.ids.has(message.messageId)) continue;
        source.ids.add(message.messageId);
        const at = new Date().toISOString();
        source.partitions[partitionOf(message.sagaId)]?.push({ ...message, at });
      }
      for (const reader of readers) reader.wake();
    },
    subscribe(subscription) {
      const { sources, group } = subscription;
      const logs = sources.map((name) => ({
        source: sourceOf(name),
        places: placesOf(name, group),
      }));
      const reader = createReader(logs, subscription);
      readers.add(reader);
      return reader;
    },
    lag(source, group) {
      const own = placesOf(source, group);
      return Promise.resolve(lagOf(sourceOf(source).partitions, own));
    },
  };
}

interface Log {
  readonly source: Source;
  readonly places: readonly Place[];
}

function createReader(logs: readonly Log[], options: Subscription): Reader {
  const { member, members, types, handle, onError } = options;
  const alarm = createAlarm();
  let stopping = false;
  let loop: Promise<void> | undefined;

  /** Takes what is free up to the fair share, and gives back what is above it. */
  function lease(places: readonly Place[]): Place[] {
    const share = Math.ceil(partitions / Math.max(1, members()));
    const mine = places.filter(({ owner }) => owner === member);
    for (const place of mine.slice(share)) place.owner = undefined;
    const free = places.filter(({ owner }) => owner === undefined);
    for (const place of free.slice(0, Math.max(0, share - mine.length))) place.owner = member;
    return places.filter(({ owner }) => owner === member);
  }

  async function turn(): Promise<void> {
    const read = logs.flatMap(({ source, places }) =>
      lease(places).map((place) => {
        const log = source.partitions[places.indexOf(place)] ?? [];
        return { place, end: log.length, messages: log.slice(place.next) };
      }),
    );
    const messages = read
      .flatMap((one) => one.messages)
      .filter(({ type }) => types?.includes(type) ?? true);
    if (messages.length > 0) await handle(messages);
    // A place that somebody else has been given meanwhile is his.
    for (const { place, end } of read) if (place.owner === member) place.next = end;
  }

  async function run(): Promise<void> {
    while (!stopping) {
      await turn().catch(onError);
      await alarm.wait(pollMs);
    }
  }

  const free = (members: readonly string[]) => {
    for (const place of logs.flatMap(({ places }) => places)) {
      if (place.owner !== undefined && members.includes(place.owner)) place.owner = undefined;
    }
  };
  return {
    start() {
      loop ??= run();
      return Promise.resolve();
    },
    async stop() {
      stopping = true;
      alarm.wake();
      await loop;
      free([member]);
    },
    wake: () => alarm.wake(),
    takeOver(members) {
      free(members);
      alarm.wake();
      return Promise.resolve();
    },
  };
}

function lagOf(logs: readonly (readonly RecordedMessage[])[], places: readonly Place[]): Lag {
  const behind = logs.flatMap((log, index) => log.slice(places[index]?.next ?? 0));
  if (behind.length === 0) return { messages: 0, oldestMs: null };
  const oldest = Math.min(...behind.map(({ at }) => Date.parse(at)));
  return { messages: behind.length, oldestMs: Date.now() - oldest };
}

const partitionOf = (sagaId: string): number => Number.parseInt(sagaId.slice(-4), 16) % partitions;

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
