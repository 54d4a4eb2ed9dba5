import type { MessageBus } from '@counterstep/saga-core/choreography';
import type { Queryable } from '../tx/index.ts';
import { measureLag } from './lag.ts';
import type { CursorTable } from './partitions.ts';
import { createReader } from './reader.ts';

export interface PostgresBusOptions {
  /** The database that holds a source's outbox. */
  readonly outboxOf: (source: string) => Queryable;
  /** Where a group keeps its places. */
  readonly placesOf: (group: string) => Omit<CursorTable, 'source'>;
}

/** The outbox is the log: readers keep cursors, and nothing is written per delivery (ADR 13). */
export function createPostgresBus({ outboxOf, placesOf }: PostgresBusOptions): MessageBus {
  const cursorsOf = (source: string, group: string) => ({ ...placesOf(group), source });
  return {
    subscribe(subscription) {
      const { sources, group } = subscription;
      return createReader(
        sources.map((source) => ({
          outbox: outboxOf(source),
          cursors: cursorsOf(source, group),
        })),
        subscription,
      );
    },
    lag: (source, group) => measureLag(outboxOf(source), cursorsOf(source, group)),
  };
}
