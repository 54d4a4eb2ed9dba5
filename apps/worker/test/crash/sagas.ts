import { defineSaga } from '@counterstep/saga-core/definition';
import { Rejection } from '@counterstep/saga-core/participant';
import { z } from 'zod';
import type { Call, Journal } from './journal.ts';

const input = z.object({ what: z.string() });

/** Sagas of plain functions, each of which tells the journal that it was called. */
export function functionSagas(journal: Journal) {
  const does =
    <Output>(output: Output) =>
    async (call: Call): Promise<Output> => {
      await journal.note(call);
      return output;
    };

  /** Two steps at once, a signal, a rest, a pivot that may be told no. */
  const errand = defineSaga({ name: 'errand', version: 1, input })
    .parallel('gather', (group) =>
      group
        .step('flour', { run: does({ grams: 500 }), undo: does(null) })
        .step('eggs', { run: does({ pieces: 3 }), undo: does(null) }),
    )
    .waitFor('word', { schema: z.object({ go: z.boolean() }) })
    .sleep('rest', { forMs: 30 })
    .pivot('bake', {
      run: async (call) => {
        await journal.note(call);
        if (!call.results.word.go) throw new Rejection('NO', 'Nobody is hungry.');
        return { loaves: call.results.flour.grams / 500 };
      },
    })
    .retriable('deliver', { run: does({ at: 'the door' }) })
    .build();

  /**
   * Waits for what never comes, until its time is over: so long that nobody holds it meanwhile, on a
   * machine on which a worker starts slowly too.
   */
  const late = defineSaga({ name: 'late', version: 1, input, deadlineMs: 3_000 })
    .step('hall', { run: does({ seats: 40 }), undo: does(null) })
    .waitFor('guests', { schema: z.object({}) })
    .pivot('open', { run: does(null) })
    .build();

  return [errand, late] as const;
}
