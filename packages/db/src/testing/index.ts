export { startTestCluster, type TestCluster } from './cluster.ts';
export { createTestDatabase, type TestDatabase } from './database.ts';
export type { Passing } from './link.ts';
export { type Seed, type SeedKind, seedSagas } from './seed-sagas.ts';
export { type Held, type Proxy, startProxy } from './proxy.ts';
export { ClientScript, Framer, isBegin, tagOf } from './wire.ts';
