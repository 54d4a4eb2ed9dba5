/** Something that will happen at a time. */
export interface Scheduled {
  /** Virtual milliseconds since 1970; fractions order what falls into one millisecond. */
  readonly atMs: number;
  /** Breaks the ties that are left. */
  readonly order: number;
  readonly label: string;
  readonly run: () => void;
}

/** A binary heap, earliest first. */
export class EventQueue<Item extends Scheduled> {
  readonly #heap: Item[] = [];

  get size(): number {
    return this.#heap.length;
  }

  peek(): Item | undefined {
    return this.#heap[0];
  }

  push(item: Item): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || !isBefore(item, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = item;
  }

  pop(): Item | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first && last && first !== last) this.#sink(last);
    return first;
  }

  #sink(item: Item): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (!child || !isBefore(child, item)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = item;
  }
}

function isBefore(one: Scheduled, other: Scheduled): boolean {
  return one.atMs === other.atMs ? one.order < other.order : one.atMs < other.atMs;
}
