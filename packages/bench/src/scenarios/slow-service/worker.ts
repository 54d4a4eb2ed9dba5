import { urlsFrom } from '@counterstep/services/databases';
import { sagas } from '@counterstep/services/sagas';
import { createWorker } from '../../../../../apps/worker/src/worker.ts';
import { fastSaga } from './fast-saga.ts';

// The product's worker with one more definition.
const worker = createWorker(urlsFrom(process.env), [...sagas.all, fastSaga]);
for (const event of ['SIGTERM', 'disconnect']) {
  process.once(event, () => void worker.stop().then(() => process.exit(0)));
}
await worker.start();
