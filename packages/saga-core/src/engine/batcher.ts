export interface BatcherOptions<Item, Result> {
  /** Handles a batch; returns one result per item, in order. A rejection fails the whole batch. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Items per batch at the most. */
  readonly sizeMax: number;
  /** Batches under way at the same time at the most. */
  readonly inFlightMax: number;
  /** Runs later in this turn of the event loop; default `setImmediate`. */
  readonly defer?: (run: () => void) => void;
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
 * Gathers items into batches without a timer. When a batch returns, what has gathered goes; when
 * nothing is under way, an item goes at the end of the current turn of the event loop, together with
 * all that the same turn added. So batches are as large as the work is slow, and one item alone waits
 * for nobody.
 */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  const { defer = setImmediate } = options;
  const queue: Entry<Item, Result>[] = [];
  let inFlight = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || queue.length === 0 || inFlight >= options.inFlightMax) return;
    scheduled = true;
    defer(() => {
      scheduled = false;
      while (queue.length > 0 && inFlight < options.inFlightMax) {
        void runBatch(queue.splice(0, options.sizeMax));
      }
    });
  }

  async function runBatch(batch: readonly Entry<Item, Result>[]): Promise<void> {
    inFlight += 1;
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
