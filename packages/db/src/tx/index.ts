export {
  codeOf,
  CommitUnknownError,
  isInfrastructure,
  RowCountError,
  uniqueViolation,
} from './errors.ts';
export { jsonLines } from './params.ts';
export { createPool, type PoolOptions } from './pool.ts';
export { retryInfrastructure } from './retry.ts';
export { allowLonger } from './session.ts';
export { openSingle } from './single.ts';
export type { Param, Pool, Queryable, Row, Statement, Tx } from './tx.ts';
