import type { Mutant } from './mutant.ts';

const on = (...tests: string[]) => ({ project: 'integration', tests }) as const;
const race = on('apps/worker/test/race');
const chaos = on('apps/worker/test/chaos');
const stories = on('packages/services/test/choreography', 'packages/db/test/tracker');

/** Readers, reactors, cancels and the tracker: sagas that nobody coordinates. */
export const choreographyMutants: readonly Mutant[] = [
  {
    breaks: 'a reader moves on before its messages have been handled',
    file: 'packages/db/src/bus/reader.ts',
    find: 'if (messages.length > 0) await handle(messages);',
    replace: 'if (messages.length > 0) handle(messages).catch(() => undefined);',
    ...on('packages/testkit/test/postgres-bus'),
  },
  {
    breaks: 'a message is handed over though its cause is among what was not read yet',
    file: 'packages/db/src/bus/reader.ts',
    find: 'within(found, limits.get(partition))',
    replace: 'within(found, undefined)',
    ...on('packages/db/test/bus.integration'),
  },
  {
    breaks: 'a place passes messages that have to wait, all of those that were found',
    file: 'packages/db/src/bus/tail.ts',
    find: 'if (handled.length === 0 && found.length > 0) return place;',
    replace: '',
    ...on('packages/db/test/tail'),
  },
  {
    breaks: 'a place passes messages that have to wait, some of those that were found',
    file: 'packages/db/src/bus/tail.ts',
    find: 'const isCut = handled.length < found.length || isFull(found);',
    replace: 'const isCut = isFull(found);',
    ...on('packages/db/test/tail'),
  },
  {
    breaks: 'a copy of a reaction is answered with its event once more',
    file: 'packages/db/src/barrier/batch.ts',
    find: 'const message = outcome.fresh ? reaction?.emit(outcome.outcome) : undefined;',
    replace: 'const message = reaction?.emit(outcome.outcome);',
    ...chaos,
  },
  {
    breaks: 'an undo that has been done is done again',
    file: 'packages/db/src/barrier/verdict.ts',
    find: 'if (stored?.compensation) return answer(asOutcome(stored.compensation));',
    replace: '',
    ...chaos,
  },
  {
    breaks: 'a reaction that failed is not parked for another attempt',
    file: 'packages/db/src/bus/reaction-attempt.ts',
    find: "await parking.park(parked, { state: 'waiting', error, dueAt, notice: report(dueAt, false) });",
    replace: 'void dueAt;',
    ...chaos,
  },
  {
    breaks: 'a key is closed without a tombstone',
    file: 'packages/db/src/barrier/close.ts',
    find: `insert into effect (saga_id, step, direction, generation, outcome)
     values ($1, $2, 'action', 1, 'closed')
     on conflict (saga_id, step, direction) do nothing returning 1`,
    replace: `select 1 where not exists (
       select from effect where saga_id = $1::uuid and step = $2::text and direction = 'action')`,
    ...race,
  },
  {
    breaks: 'a key is closed and nobody is told',
    file: 'packages/db/src/barrier/close.ts',
    find: 'if (isNew) await appendMessages(tx, [message()]);',
    replace: 'void [isNew, message, appendMessages];',
    ...race,
  },
  {
    breaks: 'a cancel does not hear that the pivot was first',
    file: 'packages/db/src/tracker/letters.ts',
    find: "return outcome.kind === 'applied' ? 'The saga is past its point of no return.' : undefined;",
    replace: 'return outcome && undefined;',
    ...race,
  },
  {
    breaks: 'a cancel that is read too late is dropped',
    file: 'packages/db/src/tracker/letters.ts',
    find: "(isTerminal(status) && status !== 'completed')",
    replace: 'isTerminal(status)',
    ...on('apps/worker/test/unseen'),
  },
  {
    breaks: 'the tracker drops what comes before its cause',
    file: 'packages/db/src/tracker/write-fold.ts',
    find: 'early.length > 0 ? insertHeld(tx, early) : undefined',
    replace: 'early.length > 1e9 ? insertHeld(tx, early) : undefined',
    ...stories,
  },
  {
    breaks: 'the tracker folds copies',
    file: 'packages/db/src/tracker/fold-saga.ts',
    find: '!seen.has(message.messageId) && message.epoch >= epochOf(state)',
    replace: 'message.epoch >= epochOf(state)',
    ...stories,
  },
  {
    breaks: "a 'no' is forgotten when the reply that brought it is lost",
    file: 'packages/saga-core/src/machine/evolve-step.ts',
    find: "if (step.forward.status === 'succeeded' || hasNoEffect(step)) return step;",
    replace: "if (step.forward.status === 'succeeded') return step;",
    project: 'unit',
    tests: ['packages/saga-core/test/machine.test.ts'],
  },
];
