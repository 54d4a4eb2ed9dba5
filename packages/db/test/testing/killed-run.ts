import { startTestCluster } from '../../src/testing/index.ts';

// A test run that will be killed: starts its cluster, and waits.
const cluster = await startTestCluster({});
process.send?.({ url: cluster.url });
setInterval(() => undefined, 60_000);
