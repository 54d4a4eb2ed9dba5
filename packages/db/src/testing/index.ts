export { startTestCluster, type TestCluster } from './cluster.ts';
export { createTestDatabase, type TestDatabase } from './database.ts';
