export { type Cluster, type ClusterOptions, createCluster } from './cluster.ts';
export type { SimulatedWorker, StoreOf } from './worker.ts';
