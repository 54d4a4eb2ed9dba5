import { getSummaries, readEvents, readLogGeneration } from '@counterstep/db/read';
import type { Backend } from '../backend.ts';
import type { SagaFilterInput } from '../schemas.ts';
import { Dirty } from './dirty.ts';
import { matches } from '../../lib/saga-filter.ts';
import type { Frame } from './frames.ts';
import { readers } from './readers.ts';
import { Wake } from './signal.ts';

export interface StreamRequest {
  readonly watch?: {
    readonly sagaId: string;
    readonly afterSeq: number;
    /** Of the log that the position is in; one that has been written anew is sent from its beginning. */
    readonly logGeneration?: number;
  };
  readonly feed?: SagaFilterInput;
  /** Counts, faults and ticks as well; the narrow subscriptions of the contract leave them out. */
  readonly ambient: boolean;
}

/** A frame with the position in the watched log after it. */
export interface Sent {
  readonly frame: Frame;
  readonly seq: number;
}

const feedEveryMs = 100;
const ambientEveryMs = 1_000;
const eventsPerFrameMax = 500;

/**
 * One tab's stream. It attaches to the hub before it reads the backlog, so nothing falls between the
 * two; the hub only says "up to seq N", and what is sent is read from the log by sequence.
 */
export async function* stream(
  { pool, hub }: Backend,
  request: StreamRequest,
  signal: AbortSignal,
): AsyncGenerator<Sent> {
  const { watch, feed, ambient } = request;
  const wake = new Wake();
  const dirty = new Dirty();
  let seq = watch?.afterSeq ?? 0;
  let generation = watch?.logGeneration;
  let watched = watch !== undefined;
  let lookedAt = 0;
  let feedAt = 0;
  let ambientAt = 0;
  let faults = '';

  const detach = hub.subscribe({
    onChange(changes) {
      for (const change of changes) {
        if (feed) dirty.add(change.sagaId);
        if (change.sagaId === watch?.sagaId && change.seq > seq) watched = true;
      }
      if (watched || dirty.size > 0) wake.notify();
    },
  });

  async function* changesOfTheWatched(): AsyncGenerator<Sent> {
    while (watch && watched) {
      watched = false;
      lookedAt = Date.now();
      const before = generation;
      generation = await readLogGeneration(pool, watch.sagaId);
      if (before !== undefined && generation !== before) {
        seq = 0;
        yield { frame: { type: 'rewritten', sagaId: watch.sagaId }, seq };
      }
      const events = (await readEvents(pool, watch.sagaId, seq)).slice(0, eventsPerFrameMax);
      seq = events.at(-1)?.seq ?? seq;
      if (events.length > 0) yield { frame: { type: 'events', sagaId: watch.sagaId, events }, seq };
      if (events.length === eventsPerFrameMax) watched = true;
    }
  }

  async function* latestStates(now: number): AsyncGenerator<Sent> {
    if (!feed || dirty.size === 0 || now - feedAt < feedEveryMs) return;
    feedAt = now;
    if (dirty.takeOverflow()) yield { frame: { type: 'reset' }, seq };
    const items = (await getSummaries(pool, dirty.take())).filter((saga) => matches(feed, saga));
    if (items.length > 0) yield { frame: { type: 'sagas', items }, seq };
    if (ambient) yield { frame: { type: 'counts', counts: await readers().counts() }, seq };
  }

  async function* surroundings(now: number): AsyncGenerator<Sent> {
    if (!ambient || now - ambientAt < ambientEveryMs) return;
    ambientAt = now;
    yield { frame: { type: 'tick', lagMs: hub.lagMs, at: new Date(now).toISOString() }, seq };
    const [counts, rules] = await Promise.all([readers().counts(), readers().faults()]);
    yield { frame: { type: 'counts', counts }, seq };
    const text = JSON.stringify(rules);
    if (text !== faults) yield { frame: { type: 'faults', rules }, seq };
    faults = text;
  }

  try {
    while (!signal.aborted) {
      yield* changesOfTheWatched();
      yield* latestStates(Date.now());
      yield* surroundings(Date.now());
      if (watched) continue;
      await wake.wait(dirty.size > 0 ? feedEveryMs : ambientEveryMs, signal);
      // Looked at once a second even without a word from the hub: a missed one must not freeze a page.
      if (watch && Date.now() - lookedAt >= ambientEveryMs) watched = true;
    }
  } finally {
    detach();
  }
}
