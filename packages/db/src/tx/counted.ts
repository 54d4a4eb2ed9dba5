import { codeOf, RowCountError } from './errors.ts';
import type { Param, Statement } from './tx.ts';

const divisionByZero = '22012';

/**
 * The statement so that the server itself counts its rows, and fails if they are others than were
 * meant. So COMMIT can be sent after it without waiting for the count.
 */
export function counted({ text, params, rows }: Statement): [string, readonly Param[]] {
  if (rows === undefined) return [text, params];
  const place = `$${params.length + 1}`;
  const check = `select 1 / (count(*) = ${place}::bigint)::int from written having count(*) <> ${place}`;
  return [`with written as (${text} returning 1) ${check}`, [...params, rows]];
}

/** What such a failure means. */
export function countError(error: unknown, { text, rows }: Statement): Error {
  if (rows === undefined || codeOf(error) !== divisionByZero) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const begin = text.replaceAll(/\s+/g, ' ').trim().slice(0, 60);
  return new RowCountError(`Not ${rows} rows: ${begin} …`, { cause: error });
}
