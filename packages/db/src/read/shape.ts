import {
  type SagaShape,
  type StepAction,
  type StepClass,
  type StepGroup,
  workName,
} from '@counterstep/saga-core/definition';
import type { Queryable } from '../tx/index.ts';

/** What pages need of a definition; stored, so that a page can draw versions it has no code for. */
export interface StepShape {
  readonly name: string;
  readonly class: StepClass;
  readonly kind: StepAction['kind'];
  /** Steps of one stage run at once; from 0. */
  readonly stage: number;
  readonly group: StepGroup | null;
  readonly operation: string;
  readonly counterOperation: string | null;
  readonly maxAttempts: number;
  readonly maxCompensationAttempts: number;
  readonly timeoutMs: number;
}

export function shapeOf(definition: SagaShape): StepShape[] {
  return definition.steps.map((step) => ({
    name: step.name,
    class: step.class,
    kind: step.action.kind,
    stage: step.stage,
    group: step.group ? { name: step.group.name, undo: step.group.undo } : null,
    operation: workName(step.action, step.name),
    counterOperation: step.compensation ? workName(step.compensation, `${step.name}:undo`) : null,
    maxAttempts: step.retry.maxAttempts,
    maxCompensationAttempts: step.compensationRetry.maxAttempts,
    timeoutMs: step.timeoutMs,
  }));
}

/** Shapes by `name@version`. */
export async function readShapes(db: Queryable): Promise<Map<string, readonly StepShape[]>> {
  const rows = await db.query<{ name: string; version: number; shape: StoredShape[] }>(
    'select name, version, shape from saga.definition',
  );
  return new Map(
    rows.map((row) => [
      `${row.name}@${row.version}`,
      row.shape.map((step, index) => ({ ...older(index), ...step })),
    ]),
  );
}

/** Stored by releases that knew neither groups nor waits: one step after the other. */
type StoredShape = Omit<StepShape, 'kind' | 'stage' | 'group'> & Partial<StepShape>;
const older = (index: number) => ({ kind: 'operation', stage: index, group: null }) as const;
