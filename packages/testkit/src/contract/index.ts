export { contractSaga, type StoredSaga, type StoreHarness } from './harness.ts';
export { sagaStoreContract } from './saga-store-contract.ts';
