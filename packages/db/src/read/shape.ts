import { type SagaShape, workName } from '@counterstep/saga-core/definition';
import type { Queryable } from '../tx/index.ts';

/** What pages need of a definition; stored, so that a page can draw versions it has no code for. */
export interface StepShape {
  readonly name: string;
  readonly class: 'compensatable' | 'pivot' | 'retriable';
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
    operation: workName(step.action, step.name),
    counterOperation: step.compensation ? workName(step.compensation, `${step.name}:undo`) : null,
    maxAttempts: step.retry.maxAttempts,
    maxCompensationAttempts: step.compensationRetry.maxAttempts,
    timeoutMs: step.timeoutMs,
  }));
}

/** Stores the shapes of the definitions that a worker runs. */
export async function registerShapes(
  db: Queryable,
  definitions: readonly SagaShape[],
): Promise<void> {
  await db.query(
    `insert into saga.definition (name, version, shape)
     select name, version, shape::jsonb from unnest($1::text[], $2::int[], $3::text[]) as d (name, version, shape)
     on conflict (name, version) do update set shape = excluded.shape`,
    [
      definitions.map((d) => d.name),
      definitions.map((d) => d.version),
      definitions.map((d) => JSON.stringify(shapeOf(d))),
    ],
  );
}

/** Shapes by `name@version`. */
export async function readShapes(db: Queryable): Promise<Map<string, readonly StepShape[]>> {
  const rows = await db.query<{ name: string; version: number; shape: StepShape[] }>(
    'select name, version, shape from saga.definition',
  );
  return new Map(rows.map((row) => [`${row.name}@${row.version}`, row.shape]));
}
