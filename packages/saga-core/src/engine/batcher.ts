export interface BatcherOptions<Item, Result> {
  /** Handles a batch; returns one result per item, in order. A rejection fails the whole batch. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Items per batch at the most. */
  readonly sizeMax: number;
  /** Batches under way at the same time at the most. */
  readonly inFlightMax: number;
  /** Runs later in this turn of the event loop; default `setImmediate`. */
  readonly defer?: (run: () => void) => void;
  /** Absent: a batch goes as soon as it can. */
  readonly linger?: Linger;
}

/**
 * A batch of a few costs nearly as much as one of many: after one of at least `from` items the next
 * waits for `ms`, unless there is enough before.
 */
export interface Linger {
  readonly from: number;
  /** Items that are worth a batch, as things stand. */
  readonly enough: () => number;
  readonly ms: number;
  /** Runs after `ms`, unless it is called off by what is returned. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface Batcher<Item, Result> {
  /** Resolves with the item's own result once its batch is done. */
  add(item: Item): Promise<Result>;
  /** Items that wait for a batch, those under way not counted. */
  readonly queued: number;
}

interface Entry<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers items into batches. When a batch returns, what has gathered goes; when nothing is under way,
 * an item goes at the end of the current turn of the event loop, together with all that the same turn
 * added. So batches are as large as the work is slow, and one item alone waits for nobody. A batcher
 * that lingers lets a busy time's batches grow further.
 */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const { defer = setImmediate, linger } = options;
  const queue: Entry<Item, Result>[] = [];
  let inFlight = 0;
  let lastSize = 0;
  let isDeferred = false;
  /** Ends the wait of a batch that lingers. */
  let callOff: (() => void) | undefined;

  function schedule(): void {
    if (isDeferred || queue.length === 0 || inFlight >= options.inFlightMax) return;
    if (linger && lastSize >= linger.from && queue.length < linger.enough()) {
      callOff ??= linger.after(linger.ms, send);
      return;
    }
    isDeferred = true;
    defer(send);
  }

  function send(): void {
    callOff?.();
    callOff = undefined;
    isDeferred = false;
    while (queue.length > 0 && inFlight < options.inFlightMax) {
      void runBatch(queue.splice(0, options.sizeMax));
    }
  }

  async function runBatch(batch: readonly Entry<Item, Result>[]): Promise<void> {
    inFlight += 1;
    lastSize = batch.length;
    try {
      const results = await options.run(batch.map(({ item }) => item));
      if (results.length !== batch.length) {
        throw new Error(`A batch of ${batch.length} items gave ${results.length} results.`);
      }
      batch.forEach(({ resolve }, index) => resolve(results[index] as Result));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      inFlight -= 1;
      schedule();
    }
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        queue.push({ item, resolve, reject });
        schedule();
      });
    },
    get queued() {
      return queue.length;
    },
  };
}
