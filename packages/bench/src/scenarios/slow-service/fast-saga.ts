import { defineSaga } from '@counterstep/saga-core/definition';
import { z } from 'zod';

const step = {
  run: () => Promise.resolve(null),
  undo: () => Promise.resolve(),
};

/** A saga that no service can slow down: what it takes is the engine's alone. */
export const fastSaga = defineSaga({
  name: 'fast',
  version: 1,
  input: z.strictObject({ n: z.int() }),
  keys: () => ({}),
})
  .step('first', step)
  .step('second', step)
  .pivot('third', { run: step.run })
  .build();
