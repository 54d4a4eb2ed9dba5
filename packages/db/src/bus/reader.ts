import type { Reader, Subscription } from '@counterstep/saga-core/choreography';
import { createAlarm } from '@counterstep/saga-core/engine';
import { partitions } from '../schema/participant-tables.ts';
import { type CursorTable, ensureCursors, freePartitions } from './partitions.ts';
import type { Queryable } from '../tx/index.ts';
import { emptyPage, limitsOf, within } from './page.ts';
import { patiently } from './patiently.ts';
import { createTail, type Tail } from './tail.ts';

/** In case a wake-up is lost. */
const pollMs = 500;
/** A source that is silent for longer holds up the others no more. */
const patienceMs = 1_000;
/**
 * Places go on in memory and are stored this often: what is read twice after a crash is harmless, and
 * five updates a second in place of fifty keep the table small.
 */
const storeMs = 200;

/** One outbox, and where a group keeps its places in it. */
export interface Source {
  readonly outbox: Queryable;
  readonly cursors: CursorTable;
}

/**
 * Reads outboxes through cursors: nothing is inserted or deleted per delivery, and while the reader
 * lives nothing that was handled is read again.
 */
export function createReader(
  sources: readonly Source[],
  { member, members, types, handle, onError }: Omit<Subscription, 'sources' | 'group'>,
): Reader {
  const alarm = createAlarm();
  const tails = sources.map((source) => createTail({ ...source, member, ...(types && { types }) }));
  /** A source that is away, refused or silent, must not hold up what the others say. */
  const reads = tails.map((tail) => {
    const read = patiently(() => tail.read(), {
      ms: patienceMs,
      meanwhile: emptyPage,
      onLate: () => alarm.wake(),
    });
    return () =>
      read().catch((error: unknown) => {
        onError(error);
        // A reading that takes too long for all it has to leave out must become shorter.
        tail.forget();
        return emptyPage;
      });
  });
  /** Waits for all, also where one fails: none of them may run on into the next turn. */
  const ofEach = async (act: (tail: Tail) => Promise<void>): Promise<void> => {
    const ends = await Promise.allSettled(tails.map(act));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  let storedAtMs = 0;
  let stopping = false;
  let loop: Promise<void> | undefined;

  /**
   * A saga is in the same partition of every outbox, and one reader should see all of its messages: what
   * is held of the first outbox is wanted of the others.
   */
  async function lease(): Promise<void> {
    const [first] = tails;
    if (!first) return;
    const share = Math.ceil(partitions / Math.max(1, members()));
    const among = await first.lease({ atMost: share });
    await ofEach(async (tail) => {
      if (tail !== first) await tail.lease({ atMost: partitions, among });
    });
  }

  /** Returns whether there may be more. */
  async function turn(): Promise<boolean> {
    await lease();
    const pages = await Promise.all(reads.map((read) => read()));
    const limits = limitsOf(pages);
    const messages = pages.flatMap(({ byPartition }) =>
      [...byPartition].flatMap(([partition, found]) =>
        within(found, limits.get(partition)).flatMap(({ message }) => message ?? []),
      ),
    );
    if (messages.length > 0) await handle(messages);
    tails.forEach((tail, index) => {
      const page = pages[index];
      if (page) tail.moveOn(page, limits);
    });
    if (Date.now() - storedAtMs >= storeMs) await store();
    return limits.size > 0;
  }

  async function store(): Promise<void> {
    await ofEach((tail) => tail.store());
    storedAtMs = Date.now();
  }

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        if (await turn()) continue;
      } catch (error) {
        onError(error);
        for (const tail of tails) tail.forget();
      }
      await alarm.wait(pollMs);
    }
  }

  return {
    async start() {
      await Promise.all(sources.map(({ cursors }) => ensureCursors(cursors)));
      loop ??= run();
    },
    async stop() {
      stopping = true;
      alarm.wake();
      await loop;
      await store();
      await Promise.all(sources.map(({ cursors }) => freePartitions(cursors, [member])));
    },
    wake: () => alarm.wake(),
    async takeOver(ended) {
      await Promise.all(sources.map(({ cursors }) => freePartitions(cursors, ended)));
      // Not at the next renewal: what has become free is taken now.
      for (const tail of tails) tail.expire();
    },
  };
}
