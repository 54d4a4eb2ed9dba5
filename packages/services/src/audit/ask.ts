import {
  codeOf,
  type Param,
  type Pool,
  type Queryable,
  retryInfrastructure,
} from '@counterstep/db/tx';

/** SQLSTATE of a statement that took longer than its connection allows. */
const tooLong = '57014';

/** The database ended one of the audit's reads because it took too long. */
class AuditTooSlowError extends Error {
  override readonly name = 'AuditTooSlowError';
  readonly code = 'AUDIT_TOO_SLOW';
}

/**
 * One read of the audit. It is one statement, which sees one moment and has no commit that could be
 * lost; what fails for a reason of the moment is asked again.
 *
 * @throws AuditTooSlowError when the database ended it
 */
export async function ask<R extends object>(
  pool: Pool,
  what: string,
  sql: string,
  params: readonly Param[] = [],
): Promise<R[]> {
  return retryInfrastructure(() => once<R>(pool, what, sql, params));
}

async function once<R extends object>(
  db: Queryable,
  what: string,
  sql: string,
  params: readonly Param[],
): Promise<R[]> {
  try {
    return await db.query<R>(sql, params);
  } catch (error) {
    if (codeOf(error) !== tooLong) throw error;
    // Asking again would take as long again.
    throw new AuditTooSlowError(
      `The audit was not finished: to read ${what} took longer than the database lets a statement take. ` +
        'Nothing was changed. Check again when there is less to do.',
      { cause: error },
    );
  }
}
