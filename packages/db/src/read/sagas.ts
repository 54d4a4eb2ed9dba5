import { sagaStatuses, type SagaStatus, type Style } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import type { Summary } from '../store/summary.ts';
import type { Param, Queryable } from '../tx/index.ts';
import { readShapes, type StepShape } from './shape.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { CompensationStatus, SagaFilter, SagaSummary, StepCell, StepStatus } from './types.ts';

export interface InstanceRow {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly style: Style;
  readonly status: SagaStatus;
  readonly input: Json;
  readonly summary: Summary;
  readonly seq: number;
  readonly fence: string;
  readonly owner: string | null;
  readonly paused: boolean;
  readonly stalled: boolean;
  readonly epoch: number;
  readonly log_generation: number;
  readonly business_key: string | null;
  readonly subject: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly finished_at: Date | null;
}

const limitMax = 200;

/** A page of sagas, newest first. `nextCursor` is there when more follow. */
export async function listSagas(
  db: Queryable,
  filter: SagaFilter,
): Promise<{ items: SagaSummary[]; nextCursor?: string }> {
  const limit = Math.min(filter.limit ?? 50, limitMax);
  const { where, params } = conditions(filter);
  const rows = await db.query<InstanceRow & { created_text: string }>(
    `select *, created_at::text as created_text from saga.instance ${where}
      order by created_at desc, id desc limit ${limit + 1}`,
    params,
  );
  const shapes = await readShapes(db);
  const page = rows.slice(0, limit);
  const items = page.map((row) => summaryOf(row, shapes));
  const last = page.at(-1);
  return rows.length > limit && last
    ? { items, nextCursor: encodeCursor(last.created_text, last.id) }
    : { items };
}

/** The latest state of some sagas, in no particular order. */
export async function getSummaries(db: Queryable, ids: readonly string[]): Promise<SagaSummary[]> {
  if (ids.length === 0) return [];
  const [rows, shapes] = await Promise.all([
    db.query<InstanceRow>('select * from saga.instance where id = any($1::uuid[])', [ids]),
    readShapes(db),
  ]);
  return rows.map((row) => summaryOf(row, shapes));
}

/** How many sagas there are of each status. */
export async function countSagas(
  db: Queryable,
  filter: { readonly correlationId?: string } = {},
): Promise<Record<SagaStatus, number>> {
  const rows = await db.query<{ status: SagaStatus; count: string }>(
    filter.correlationId === undefined
      ? 'select status, count(*) from saga.instance group by status'
      : 'select status, count(*) from saga.instance where correlation_id = $1 group by status',
    filter.correlationId === undefined ? [] : [filter.correlationId],
  );
  const counts = new Map(rows.map((row) => [row.status, Number(row.count)]));
  return Object.fromEntries(
    sagaStatuses.map((status) => [status, counts.get(status) ?? 0]),
  ) as Record<SagaStatus, number>;
}

function conditions(filter: SagaFilter): { where: string; params: Param[] } {
  const parts: string[] = [];
  const params: Param[] = [];
  const add = (part: string, param: Param) => {
    params.push(param);
    parts.push(part.replaceAll('?', `$${params.length}`));
  };
  if (filter.status && filter.status.length > 0) add('status = any(?::text[])', filter.status);
  if (filter.style) add('style = ?', filter.style);
  if (filter.stalled !== undefined) parts.push(filter.stalled ? 'stalled' : 'not stalled');
  if (filter.definition) add('definition = ?', filter.definition);
  if (filter.correlationId) add('correlation_id = ?', filter.correlationId);
  if (filter.cursor !== undefined) {
    // As text: the driver would cut a timestamp to milliseconds, and rows would be skipped.
    params.push(...decodeCursor(filter.cursor));
    parts.push(
      `(created_at, id) < ($${params.length - 1}::text::timestamptz, $${params.length}::uuid)`,
    );
  }
  const search = filter.search?.trim();
  if (search) {
    add(
      `(business_key = ? or starts_with(lower(subject), lower(?)) or starts_with(id::text, ?)
        or right(id::text, length(?)) = ?)`,
      search,
    );
  }
  return { where: parts.length > 0 ? `where ${parts.join(' and ')}` : '', params };
}

export function summaryOf(
  row: InstanceRow,
  shapes: ReadonlyMap<string, readonly StepShape[]>,
): SagaSummary {
  const shape = shapes.get(`${row.definition}@${row.version}`) ?? [];
  const { at, direction } = row.summary;
  return {
    id: row.id,
    definition: row.definition,
    version: row.version,
    style: row.style,
    status: row.status,
    ...(direction && { direction }),
    paused: row.paused,
    stalled: row.stalled,
    takenOver: row.epoch > 0,
    businessKey: row.business_key,
    subject: row.subject,
    input: row.input,
    steps: shape.map((step) => cellOf(step, row)),
    ...(at && { current: at }),
    seq: row.seq,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
  };
}

export function cellOf(
  step: StepShape,
  { summary, status }: Pick<InstanceRow, 'summary' | 'status'>,
): StepCell {
  const [forward, backward] = summary.steps[step.name] ?? ['pending', null];
  const isOwed =
    backward === null &&
    step.counterOperation !== null &&
    (status === 'compensating' || (status === 'stuck' && summary.direction === 'compensation')) &&
    forward !== 'pending' &&
    forward !== 'failed';
  const compensation = backward ?? (isOwed ? 'owed' : null);
  return {
    name: step.name,
    status: forward as StepStatus,
    ...(compensation !== null && { compensation: compensation as CompensationStatus }),
    isPivot: step.class === 'pivot',
  };
}
