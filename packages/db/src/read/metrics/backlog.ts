import type { Queryable } from '../../tx/index.ts';
import { type Range, stepOf } from './window.ts';

/** Sagas accepted in each step of a range. */
export async function readAccepted(db: Queryable, range: Range): Promise<Map<number, number>> {
  const rows = await db.query<{ step: number; accepted: number }>(
    `select ${stepOf('created_at')} as step, count(*)::int as accepted
       from saga.instance where created_at >= $1::timestamptz and created_at < $2::timestamptz
      group by 1`,
    [range.from, range.to, range.stepSeconds],
  );
  return new Map(rows.map(({ step, accepted }) => [step, accepted]));
}

/** Sagas that were accepted and had not ended at the end of a range. */
export async function readBacklog(db: Queryable, { to }: Range): Promise<number> {
  const [row] = await db.query<{ backlog: number }>(
    `select ((select count(*) from saga.instance
               where finished_at is null and created_at < $1::timestamptz)
           + (select count(*) from saga.instance
               where finished_at >= $1::timestamptz and created_at < $1::timestamptz))::int as backlog`,
    [to],
  );
  return row?.backlog ?? 0;
}

/**
 * How many were under way at the end of each step, from the last one backwards: what ended after a
 * moment was under way then, what was accepted after it was not.
 */
export function backlogBySteps(
  backlogAtEnd: number,
  steps: readonly { readonly accepted: number; readonly ended: number }[],
): readonly number[] {
  const backlogs: number[] = [];
  let backlog = backlogAtEnd;
  for (const { accepted, ended } of steps.toReversed()) {
    // Sagas that were deleted since leave holes; a negative number would be no number of sagas.
    backlogs.push(Math.max(0, backlog));
    backlog += ended - accepted;
  }
  return backlogs.reverse();
}
