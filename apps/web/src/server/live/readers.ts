import { listFaults } from '@counterstep/db/faults';
import { countSagas } from '@counterstep/db/read';
import { backend } from '../backend.ts';
import { sharedRead } from './shared-read.ts';

type Readers = ReturnType<typeof create>;

const create = () => ({
  counts: sharedRead(() => countSagas(backend().pool, {}), { freshMs: 500 }),
  faults: sharedRead(() => listFaults(backend().pool), { freshMs: 500 }),
});

// Route bundles each have their own copy of this module; the answers are shared all the same.
const shared = globalThis as typeof globalThis & { counterstepReaders?: Readers };

export function readers(): Readers {
  shared.counterstepReaders ??= create();
  return shared.counterstepReaders;
}
