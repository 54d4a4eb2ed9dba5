// First: it has to see every connection from its first byte.
import { seen } from './hook.ts';
import { urlsFrom } from '@counterstep/services/databases';
import { sagas } from '@counterstep/services/sagas';
import { createWorker } from '../../../src/worker.ts';
import { openJournal } from '../journal.ts';
import { functionSagas } from '../sagas.ts';

const urls = urlsFrom(process.env);
const journal = openJournal(urls.main);
const worker = createWorker(urls, [...sagas.all, ...functionSagas(journal)]);

// Whoever started this process is gone.
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => {
  void worker
    .stop()
    .then(() => journal.end())
    .then(() => process.send?.(seen, undefined, {}, () => process.exit(0)));
});

await worker.start();
