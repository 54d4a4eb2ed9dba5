import { startEmbedded } from '../../src/embedded/index.ts';

// A process of its own for the tests to kill: starts the database, tells its URL, and holds it
// until it is told to stop. Argument: data folder.
const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('No data folder given.');

const embedded = await startEmbedded({ dataDir });
process.send?.({ url: embedded.url });
process.on('message', () => {
  void embedded.stop().then(() => process.disconnect());
});
