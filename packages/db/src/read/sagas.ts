import type { SagaStatus, Style } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import type { Summary } from '../store/summary.ts';
import type { Queryable } from '../tx/index.ts';
import { readShapes, type StepShape } from './shape.ts';
import type { CompensationStatus, SagaSummary, StepCell, StepStatus } from './types.ts';

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
  readonly correlation_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly finished_at: Date | null;
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
    inDoubt: row.summary.doubt !== undefined,
    businessKey: row.business_key,
    subject: row.subject,
    correlationId: row.correlation_id,
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
