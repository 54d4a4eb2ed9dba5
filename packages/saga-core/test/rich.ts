import { z } from 'zod';
import { defineSaga } from '../src/definition/index.ts';
import { operation } from '../src/participant/index.ts';

const ref = z.object({ id: z.string() });
const op = (name: `${string}.${string}`) => operation({ name, request: ref, response: ref });
const same = ({ input }: { input: { id: string } }) => input;
const retry = { maxAttempts: 2 };
const never = () => Promise.resolve();

const undoable = (name: string) => ({
  action: op(`${name}.do`),
  request: same,
  compensation: op(`${name}.undo`),
  compensationRequest: same,
  retry,
  compensationRetry: retry,
});

/** A saga that uses everything: groups, waits, deadlines, both kinds of work, both sides of a pivot. */
export const rich = defineSaga({ name: 'rich', version: 1, input: ref, deadlineMs: 3_600_000 })
  .step('open', undoable('open'))
  .parallel('book', (group) =>
    group
      .step('flight', undoable('flight'))
      .step('hotel', { ...undoable('hotel'), deadlineMs: 60_000 })
      .step('car', { run: never, undo: never, retry, compensationRetry: retry }),
  )
  .parallel('insure', (group) => group.step('a', undoable('a')).step('b', undoable('b')), {
    undo: 'reverse',
  })
  .waitFor('approval', { schema: z.object({ by: z.string() }), timeoutMs: 600_000 })
  .sleep('cooling', { forMs: 5_000 })
  .pivot('pay', { action: op('pay.do'), request: same, retry })
  .parallel('tell', (group) =>
    group
      .retriable('mail', { run: never, retry })
      .retriable('points', { action: op('points.do'), request: same, retry })
      .waitFor('feedback', {
        schema: z.string(),
        timeoutMs: 900_000,
        onTimeout: 'continue',
      }),
  )
  .build();

/** Without a point of no return: it can be undone until its last step has succeeded. */
export const pivotless = defineSaga({ name: 'pivotless', version: 1, input: ref })
  .step('a', undoable('a'))
  .step('b', undoable('b'))
  .build();

/** Its counter-step cannot say what it wants. */
export const clumsy = defineSaga({ name: 'clumsy', version: 1, input: ref })
  .step('a', {
    ...undoable('a'),
    compensationRequest: () => {
      throw new Error('no idea');
    },
  })
  .step('b', undoable('b'))
  .build();
