import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { readShapes } from '../read/shape.ts';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import type { Tx } from '../tx/index.ts';
import type { Operated } from './check-operation.ts';
import { notFound } from './errors.ts';

/** A saga with its whole log folded, its row locked. */
export async function lockOperated(tx: Tx, sagaId: string): Promise<Operated> {
  const saga = (await lockAllOperated(tx, [sagaId])).get(sagaId);
  if (!saga) throw notFound(sagaId);
  return saga;
}

type OperatedRow = Omit<Operated, 'state' | 'steps' | 'log'> & { readonly id: string };

/** Sagas with their logs folded, their rows locked in id order, as every write of many locks them. */
export async function lockAllOperated(
  tx: Tx,
  sagaIds: readonly string[],
): Promise<ReadonlyMap<string, Operated>> {
  const rows = await tx.query<OperatedRow>(
    `select id, style, seq, owner, definition, version, business_key, subject
       from saga.instance where id = any($1::uuid[]) order by id for update`,
    [sagaIds],
  );
  const [events, shapes] = await Promise.all([
    tx.query<EventRow>(
      `select ${eventColumns} from saga.event where saga_id = any($1::uuid[]) order by saga_id, seq`,
      [rows.map(({ id }) => id)],
    ),
    readShapes(tx),
  ]);
  const logs = new Map(rows.map(({ id }) => [id, [] as RecordedEvent[]]));
  for (const event of events) logs.get(event.saga_id)?.push(recorded(event));
  return new Map(
    rows.map(({ id, ...row }) => {
      const log = logs.get(id) ?? [];
      const state = log.reduce<SagaState>(evolve, initialState);
      const steps = shapes.get(`${row.definition}@${row.version}`) ?? [];
      return [id, { ...row, log, state, steps }];
    }),
  );
}
