import type { Row } from '@counterstep/db/tx';

/** Columns of many rows: a list of values for each; null where there are no rows. */
export type Columns = readonly (readonly unknown[] | null)[];

/**
 * The rows of a statement as one value, column by column. The audit reads a million rows: one by one, or
 * as objects, they cost several times as much to write, to send and to read.
 */
export const asColumns = (names: readonly string[], sql: string): string =>
  `(select json_build_array(${names.map((name) => `json_agg("${name}")`).join()}) from (${sql}) r)`;

/** The rows again; their type is the caller's word about its statement, as it is with any query. */
export function rowsOf<R extends object>(
  names: readonly (keyof R & string)[],
  columns: Columns,
): R[] {
  return (columns[0] ?? []).map((_, index) => {
    const row: Row = {};
    for (const [at, name] of names.entries()) row[name] = columns[at]?.[index];
    return row as R;
  });
}
