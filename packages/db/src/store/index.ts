export { claimSagas, readLogs } from './claim.ts';
export { uuidAt, uuidOf, uuidV7 } from './ids.ts';
export { readLetters } from './mail.ts';
export { createSagaStore } from './saga-store.ts';
export { acceptSagas, type NewSaga } from './start.ts';
export { summarise, type Summary } from './summary.ts';
export {
  findGhostOwners,
  findSuspects,
  heartbeat,
  leaseMs,
  reapWorker,
  registerWorker,
  setWorkerStatus,
} from './worker-row.ts';
