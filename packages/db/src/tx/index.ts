export { codeOf, CommitUnknownError, isInfrastructure, uniqueViolation } from './errors.ts';
export { jsonLines } from './params.ts';
export { createPool, type PoolOptions } from './pool.ts';
export { retryInfrastructure } from './retry.ts';
export { allowLonger } from './session.ts';
export type { Param, Pool, Queryable, Row, Tx } from './tx.ts';
