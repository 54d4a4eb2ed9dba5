import { codeOf, RowCountError } from './errors.ts';
import type { Param, Statement } from './tx.ts';

const divisionByZero = '22012';

/**
 * Begins a transaction, and says so until its end. postgres.js sends a prepared statement again that the
 * server has forgotten, after all that is queued, which may be COMMIT: one of the last statements must
 * not be carried out by itself then.
 */
export const beginSql = `begin; set local counterstep.last = 'open'`;
const isClosed = `current_setting('counterstep.last', true) is distinct from 'open'`;

/**
 * The statement so that the server itself counts its rows, and fails if they are others than were
 * meant, or if its transaction has ended. So COMMIT can be sent after it without waiting.
 */
export function counted({ text, params, rows }: Statement): [string, readonly Param[]] {
  const written = `with written as (${text} returning 1)`;
  if (rows === undefined) {
    return [`${written} select 1 / (count(*) < 0)::int from written having ${isClosed}`, params];
  }
  const wrong = `count(*) <> $${params.length + 1}::bigint`;
  const check = `select 1 / (count(*) < 0)::int from written having ${wrong} or ${isClosed}`;
  return [`${written} ${check}`, [...params, rows]];
}

/** What such a failure means. */
export function countError(error: unknown, { text, rows }: Statement): Error {
  if (codeOf(error) !== divisionByZero) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const begin = text.replaceAll(/\s+/g, ' ').trim().slice(0, 60);
  const what = rows === undefined ? 'Too late' : `Not ${rows} rows`;
  return new RowCountError(`${what}: ${begin} …`, { cause: error });
}
