export { type BusHarness } from './bus-harness.ts';
export { contractSaga, type StoredSaga, type StoreHarness } from './harness.ts';
export { messageBusContract } from './message-bus-contract.ts';
export { sagaStoreContract } from './saga-store-contract.ts';
