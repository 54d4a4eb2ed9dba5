import type { Param } from '@counterstep/db/tx';

/** A range of saga ids: all above `after`, up to `upTo` and with it. */
export interface Stretch {
  readonly after: string;
  readonly upTo: string;
}

/** Which sagas a read speaks of: these, or all within a stretch of ids, whoever knows of them. */
export type Selection = readonly string[] | Stretch;

const isStretch = (selection: Selection): selection is Stretch => 'after' in selection;

/** The selection as a condition on a column of saga ids; it takes the first parameters. */
export function conditionOn(selection: Selection): (column: string) => string {
  return isStretch(selection)
    ? (column) => `${column} > $1::uuid and ${column} <= $2::uuid`
    : (column) => `${column} = any($1::uuid[])`;
}

export function paramsOf(selection: Selection): Param[] {
  return isStretch(selection) ? [selection.after, selection.upTo] : [selection];
}
