import type { SagaShape } from '@counterstep/saga-core/definition';
import {
  evolve,
  initialState,
  isTerminal,
  type RecordedEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { cancelRefusal } from '../read/actions.ts';
import { decodeCursor, encodeCursor } from '../read/cursor.ts';
import { filterOf } from '../read/list.ts';
import { readShapes, type StepShape } from '../read/shape.ts';
import type { SagaFilter } from '../read/types.ts';
import { readLogs } from '../store/claim.ts';
import type { Pool } from '../tx/index.ts';
import type { BulkAct, BulkTarget } from './bulk.ts';
import { checkOperation, type DefinitionOf, type Operated } from './check-operation.ts';
import { factOf, previewOf } from './preview.ts';

export interface BulkQuestion extends Pick<BulkAct, 'action' | 'as'> {
  readonly which: { readonly sagaIds: readonly string[] } | { readonly filter: SagaFilter };
  /** Of the part before; a filter may find more than one answer looks at. */
  readonly cursor?: string;
}

/** What an act on many sagas would do. Counts add up over the parts of one question. */
export interface BulkPreview {
  /** Those on which it is possible, as they are now. */
  readonly targets: readonly BulkTarget[];
  readonly refused: readonly { readonly sagaId: string; readonly because: string }[];
  /** Operations that would be sent first. */
  readonly sends: readonly { readonly operation: string; readonly count: number }[];
  readonly nextCursor?: string;
}

/** Sagas of one answer: their logs are read and folded. */
const partSize = 500;

type Row = Omit<Operated, 'log' | 'state' | 'steps'> & {
  readonly id: string;
  readonly created_text: string;
};

/**
 * Answered by the checks and the plan that the act itself goes by. Of a filter only sagas in flight are
 * looked at: none of the acts is for one that has ended. Changes nothing.
 */
export async function previewMany(
  pool: Pool,
  definitionOf: (
    name: string,
    version: number,
  ) => (SagaShape & ReturnType<DefinitionOf>) | undefined,
  { which, cursor, action, as }: BulkQuestion,
): Promise<BulkPreview> {
  const { rows, nextCursor } = await find(pool, which, cursor);
  const [logs, shapes] = await Promise.all([
    readLogs(
      pool,
      rows.map(({ id }) => id),
    ),
    readShapes(pool),
  ]);
  const targets: BulkTarget[] = [];
  const refused = missing(which, rows);
  const sends = new Map<string, number>();
  for (const row of rows) {
    const saga = foldOf(row, logs.get(row.id) ?? [], shapes);
    const because = whyNot(saga, definitionOf, { sagaId: row.id, action, ...(as && { as }) });
    if (because !== undefined) {
      refused.push({ sagaId: row.id, because });
      continue;
    }
    targets.push({ sagaId: row.id, expectedSeq: row.seq });
    const definition = definitionOf(row.definition, row.version);
    // Nobody tells the services of a choreographed saga what to send.
    if (!definition || (row.style === 'choreography' && !saga.state.takeover)) continue;
    for (const { operation } of previewOf(definition, saga.state, [factOf(action, as, undefined)])
      .commands) {
      sends.set(operation, (sends.get(operation) ?? 0) + 1);
    }
  }
  return {
    targets,
    refused,
    sends: [...sends].map(([operation, count]) => ({ operation, count })),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}

async function find(
  pool: Pool,
  which: BulkQuestion['which'],
  cursor: string | undefined,
): Promise<{ readonly rows: readonly Row[]; readonly nextCursor?: string }> {
  const filter = 'filter' in which ? which.filter : {};
  const where = await filterOf(pool, filter);
  if (!where) return { rows: [] };
  if ('sagaIds' in which) where.add('id = any(?::uuid[])', which.sagaIds);
  else where.parts.push('finished_at is null');
  if (cursor !== undefined) {
    const { createdAt, id } = decodeCursor(cursor);
    const place = `${where.param(createdAt)}::text::timestamptz, ${where.param(id)}::uuid`;
    where.parts.push(`(created_at, id) < (${place})`);
  }
  const rows = await pool.query<Row>(
    `select id, style, seq, owner, definition, version, business_key, subject,
            created_at::text as created_text
       from saga.instance ${where.sql} order by created_at desc, id desc limit ${partSize + 1}`,
    where.params,
  );
  const part = rows.slice(0, partSize);
  const last = part.at(-1);
  return {
    rows: part,
    ...(rows.length > partSize &&
      last && { nextCursor: encodeCursor({ createdAt: last.created_text, id: last.id }) }),
  };
}

function missing(which: BulkQuestion['which'], rows: readonly Row[]) {
  if (!('sagaIds' in which)) return [];
  const found = new Set(rows.map(({ id }) => id));
  return which.sagaIds
    .filter((id) => !found.has(id))
    .map((sagaId) => ({ sagaId, because: 'It is not there any more.' }));
}

function foldOf(
  row: Row,
  events: readonly RecordedEvent[],
  shapes: ReadonlyMap<string, readonly StepShape[]>,
): Operated {
  // The row came first: a log read after it holds at least the row's events.
  const log = events.filter(({ seq }) => seq <= row.seq);
  const state = log.reduce<SagaState>(evolve, initialState);
  return { ...row, log, state, steps: shapes.get(`${row.definition}@${row.version}`) ?? [] };
}

function whyNot(
  saga: Operated,
  definitionOf: DefinitionOf,
  { sagaId, action, as }: Pick<BulkAct, 'action' | 'as'> & { readonly sagaId: string },
): string | undefined {
  const { status } = saga.state.phase;
  if (isTerminal(status)) return `It is ${status} already.`;
  if (action === 'cancel') return cancelRefusal(saga.state);
  const operation = {
    sagaId,
    action,
    reason: '',
    actor: '',
    expectedSeq: saga.seq,
    ...(as && { as }),
  };
  return checkOperation(saga, definitionOf, operation)?.message;
}
