import type { RecordedEvent, SagaEvent } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import { jsonLines } from '../tx/index.ts';

/** A row of `event`, as the driver returns it. */
export interface EventRow {
  readonly saga_id: string;
  readonly seq: number;
  readonly type: string;
  readonly step: string | null;
  readonly attempt: number | null;
  readonly data: Json;
  readonly actor: string;
  readonly message_id: string | null;
  readonly at: Date;
}

export const eventColumns = 'saga_id, seq, type, step, attempt, data, actor, message_id, at';

/** The log was written from `SagaEvent`s and nothing else can write it, so its rows are taken at their word. */
export function recorded(row: EventRow): RecordedEvent {
  const { type, step, attempt, data, seq, actor, at, message_id: messageId } = row;
  const common = { seq, actor, at: at.toISOString(), type, data };
  const fact = step === null ? common : { step, attempt, ...common };
  return (messageId ? { messageId, ...fact } : fact) as unknown as RecordedEvent;
}

/** Column arrays of events, for one `insert … select … unnest`. */
export function eventColumnsOf(
  rows: readonly {
    readonly sagaId: string;
    readonly seq: number;
    readonly event: SagaEvent;
    readonly actor: string;
    readonly messageId?: string;
  }[],
) {
  return {
    sagaIds: rows.map((r) => r.sagaId),
    seqs: rows.map((r) => r.seq),
    types: rows.map((r) => r.event.type),
    steps: rows.map((r) => ('step' in r.event && 'attempt' in r.event ? r.event.step : null)),
    attempts: rows.map((r) => ('attempt' in r.event ? r.event.attempt : null)),
    data: jsonLines(rows.map((r) => r.event.data)),
    actors: rows.map((r) => r.actor),
    messageIds: rows.map((r) => r.messageId ?? null),
  };
}
