import type { Direction, Json } from '@counterstep/saga-core/participant';
import { jsonLines, type Queryable, type Statement } from '../tx/index.ts';

/** What the barrier has stored under one key. */
export interface StoredEffect {
  readonly generation: number;
  /** Null on a tombstone. */
  readonly hash: string | null;
  readonly outcome: 'applied' | 'rejected' | 'null-compensated' | 'closed';
  /** Output of an applied effect, the failure of a rejected one. */
  readonly result: Json;
}

/** Both sides of one step of one saga. */
export interface StoredStep {
  readonly action?: StoredEffect;
  readonly compensation?: StoredEffect;
}

/** A row that the barrier is about to write. */
export interface NewEffect extends StoredEffect {
  readonly sagaId: string;
  readonly step: string;
  readonly direction: Direction;
  readonly notAfter: string | null;
}

/** What the barrier knows of one step of many sagas, and the time at which it was asked. */
export interface StoredSteps {
  readonly bySaga: ReadonlyMap<string, StoredStep>;
  /** The database's time, in ms. */
  readonly nowMs: number;
}

/**
 * Reads the effects of one step for many sagas. One array and two equalities on purpose: the row form
 * `(a, b, c) in (select … unnest)` was planned as a scan of the whole table, 13 ms a batch and growing.
 */
export async function readEffects(
  db: Queryable,
  sagaIds: readonly string[],
  step: string,
): Promise<StoredSteps> {
  const rows = await db.query<StoredEffect & Place>(
    `select clock.now, e.saga_id, e.direction, e.generation, e.hash, e.outcome, e.result
       from (select clock_timestamp() as now) as clock
       left join effect e on e.saga_id = any($1::uuid[]) and e.step = $2`,
    [sagaIds, step],
  );
  const found = new Map<string, StoredStep>();
  for (const { now: _now, saga_id, direction, ...effect } of rows) {
    if (saga_id !== null) found.set(saga_id, { ...found.get(saga_id), [direction]: effect });
  }
  return { bySaga: found, nowMs: rows[0]?.now.getTime() ?? Number.NaN };
}

interface Place {
  readonly now: Date;
  /** Null, with all that belongs to an effect, where none was found. */
  readonly saga_id: string | null;
  readonly direction: Direction;
}

/**
 * Inserts effects in key order. A row of the same key fails it: a concurrent batch was faster. Of a later
 * generation than the first a row may stand there, and is replaced if it is a rejection.
 */
export function insertEffects(effects: readonly NewEffect[]): Statement {
  const sorted = effects.toSorted((a, b) => compareKeys(a, b));
  const isFirst = sorted.every((effect) => effect.generation === 1);
  return {
    text: isFirst ? insertSql : insertSql + replaceSql,
    params: [
      sorted.map((e) => e.sagaId),
      sorted.map((e) => e.step),
      sorted.map((e) => e.direction),
      sorted.map((e) => e.generation),
      sorted.map((e) => e.hash),
      sorted.map((e) => e.outcome),
      jsonLines(sorted.map((e) => e.result)),
      sorted.map((e) => e.notAfter),
    ],
    rows: sorted.length,
  };
}

const insertSql = `
insert into effect as e (saga_id, step, direction, generation, hash, outcome, result, not_after)
select saga_id, step, direction, generation, hash, outcome, result::json, not_after
  from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[],
              string_to_array($7, E'\\n'), $8::timestamptz[])
       as row (saga_id, step, direction, generation, hash, outcome, result, not_after)`;

const replaceSql = `
on conflict (saga_id, step, direction) do update
   set generation = excluded.generation, hash = excluded.hash, outcome = excluded.outcome,
       result = excluded.result, not_after = excluded.not_after, at = clock_timestamp()
 where e.outcome = 'rejected' and e.generation < excluded.generation`;

/** Without making texts to compare: a batch compares its keys some thousand times. */
function compareKeys(a: NewEffect, b: NewEffect): number {
  return (
    compareTexts(a.sagaId, b.sagaId) ||
    compareTexts(a.step, b.step) ||
    compareTexts(a.direction, b.direction)
  );
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
