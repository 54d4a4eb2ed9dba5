import type { SagaRow } from '@/lib/trpc.ts';
import { newer } from './apply.ts';

const keptMax = 2_000;

/**
 * Latest states by saga, beside the query cache: a list subscribes row by row, so one change draws
 * one row again and not the page.
 */
export class RowStore {
  private readonly rows = new Map<string, SagaRow>();
  private readonly listeners = new Set<() => void>();
  /** Raised with every change, as the snapshot that lists compare. */
  version = 0;

  get(id: string): SagaRow | undefined {
    return this.rows.get(id);
  }

  all(): readonly SagaRow[] {
    return [...this.rows.values()];
  }

  put(items: readonly SagaRow[]): void {
    for (const item of items) {
      const latest = newer(this.rows.get(item.id), item);
      // Deleted first, so that the map's order is the order of change and the oldest leave first.
      this.rows.delete(item.id);
      this.rows.set(item.id, latest);
    }
    for (const id of this.rows.keys()) {
      if (this.rows.size <= keptMax) break;
      this.rows.delete(id);
    }
    this.version += 1;
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
