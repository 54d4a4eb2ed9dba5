import type { Reactor } from '@counterstep/db/bus';
import type { RecordedMessage } from '@counterstep/saga-core/choreography';
import type { Random } from '@counterstep/testkit/time';

type Handle = Reactor['handle'];

/** What was done to messages on their way. */
interface Injected {
  deliveries: number;
  duplicates: number;
  /** Deliveries after something later of the same saga, at the same reader. */
  reorderings: number;
  /** Not delivered when they were due; the reader finds them again. */
  losses: number;
}

export interface Chaos {
  readonly injected: Injected;
  /** Put between the readers and the reactors. */
  deliver(handle: Handle): Handle;
  /** Delivers every message that there ever was once more, in any order. */
  replayAll(): Promise<void>;
}

/** As many as a reader might bring; all at once would be another test. */
const replayedAtOnce = 100;

/**
 * A bus at its worst: batches are shuffled, some messages come twice or again when they are long
 * forgotten, and some do not come at all, until the reader, which was told that its batch has failed,
 * reads them again, behind those that were later.
 */
export function createChaos(random: Random): Chaos {
  const injected: Injected = { deliveries: 0, duplicates: 0, reorderings: 0, losses: 0 };
  const past: { readonly handle: Handle; readonly message: RecordedMessage }[] = [];

  function shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, at: random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }

  /** Which of a batch come, in which order. */
  function mixed(handle: Handle, messages: readonly RecordedMessage[]): RecordedMessage[] {
    const old = past.filter((each) => each.handle === handle);
    // Not one in so many messages: then no large batch would ever come through.
    const isLossy = random.chance(0.35);
    return shuffled(
      messages.flatMap((message) => {
        if (isLossy && random.chance(0.5)) return [];
        const copies = random.chance(0.25) ? [message] : [];
        const again = random.chance(0.4) && old.length > 0 ? [random.pick(old).message] : [];
        injected.duplicates += copies.length + again.length;
        return [message, ...copies, ...again];
      }),
    );
  }

  return {
    injected,
    deliver(handle) {
      const furthest = new Map<string, number>();
      return async (messages) => {
        const coming = mixed(handle, messages);
        for (const message of coming) {
          const depth = furthest.get(message.sagaId) ?? 0;
          if (message.depth < depth) injected.reorderings += 1;
          furthest.set(message.sagaId, Math.max(depth, message.depth));
          past.push({ handle, message });
        }
        injected.deliveries += coming.length;
        // Some at the same time, some after the others.
        const middle = random.integer(0, coming.length);
        await handle(coming.slice(0, middle));
        await Promise.all([handle(coming.slice(middle)), handle(coming.slice(0, middle >> 1))]);
        injected.duplicates += middle >> 1;
        const lost = messages.filter((message) => !coming.includes(message)).length;
        injected.losses += lost;
        if (lost > 0) throw new Error(`${lost} messages were lost on purpose.`);
      };
    },
    async replayAll() {
      injected.duplicates += past.length;
      const handles = new Map(past.map(({ handle }) => [handle, [] as RecordedMessage[]]));
      for (const { handle, message } of shuffled(past)) handles.get(handle)?.push(message);
      for (const [handle, messages] of handles) {
        while (messages.length > 0) await handle(messages.splice(0, replayedAtOnce));
      }
    },
  };
}
