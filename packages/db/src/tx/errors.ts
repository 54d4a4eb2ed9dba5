/** The server ended a transaction that was idle for too long, and with it the connection. */
export const idledTooLong = '25P03';

/** SQLSTATEs that say nothing about the statement, only about the moment. */
const infrastructureStates = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock not available in time
  '57P01', // the server is shutting down
  '57P02', // the server crashed
  '57P03', // the server is starting
  '53300', // too many connections
  idledTooLong,
  '25P04', // transaction for too long
  '57014', // statement timeout
]);

const infrastructureCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** All connections stayed busy for too long. */
export class PoolExhaustedError extends Error {
  override readonly name = 'PoolExhaustedError';
  readonly code = 'POOL_EXHAUSTED';
}

/** The connection was lost inside a transaction; the server rolls it back. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
  readonly code = 'CONNECTION_LOST';
}

/** The connection was lost while COMMIT was under way: it may have happened. Read again by key. */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError';
  readonly code = 'COMMIT_UNKNOWN';
}

/** A statement changed another number of rows than it was meant to; its transaction was rolled back. */
export class RowCountError extends Error {
  override readonly name = 'RowCountError';
  readonly code = 'ROW_COUNT';
}

/** Whether repeating the whole transaction may succeed: nothing is wrong with the request itself. */
export function isInfrastructure(error: unknown): boolean {
  if (error instanceof PoolExhaustedError || error instanceof ConnectionLostError) return true;
  const code = codeOf(error);
  return (
    code !== undefined &&
    (infrastructureStates.has(code) || infrastructureCodes.has(code) || code.startsWith('08'))
  );
}

/** SQLSTATEs after which the server closes the connection. */
const farewells = new Set(['57P01', '57P02', '57P03', idledTooLong, '25P04']);

/** Whether the connection is gone, though nobody may have seen it close yet. */
export function endsConnection(error: unknown): boolean {
  const code = codeOf(error);
  return (
    code !== undefined &&
    (infrastructureCodes.has(code) || farewells.has(code) || code.startsWith('08'))
  );
}

/** SQLSTATE or error code, if there is one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What the server itself has said of a statement, as against what became of the connection. */
export function isAnswer(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return /^[0-9A-Z]{5}$/.test(code) && !infrastructureCodes.has(code);
}

export const uniqueViolation = '23505';
/** A statement after one that failed; it says nothing itself. */
export const inFailedTransaction = '25P02';
