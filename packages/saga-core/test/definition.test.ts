import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  backoffMs,
  checkDefinition,
  DefinitionError,
  defineSaga,
} from '../src/definition/index.ts';
import { operation } from '../src/participant/index.ts';
import { orderLike } from './order-like.ts';

const [create, reserve, , ship, confirm] = orderLike.steps;
if (!create || !reserve || !ship || !confirm) throw new Error('The example lost a step.');

const check =
  (steps: readonly (typeof create)[], name = 'trip', version = 1) =>
  () =>
    checkDefinition({ name, version, steps });

describe('a definition is refused', () => {
  const { compensation: _none, ...withoutUndo } = create;
  it.each([
    ['without steps', check([]), 'has no steps'],
    ['with two steps of one name', check([create, create]), 'two steps are named "create"'],
    [
      'with a step that nothing can be copied under',
      check([{ ...create, name: '__proto__' }]),
      'no step can be named "__proto__"',
    ],
    ['with two pivots', check([ship, { ...ship, name: 'again' }]), 'second pivot'],
    ['with a compensatable step after the pivot', check([ship, create]), 'must be retriable'],
    ['with a retriable step before any pivot', check([confirm]), 'before any pivot'],
    [
      'with a step that cannot be undone',
      check([{ ...withoutUndo, compensation: undefined }]),
      'has no counter-step',
    ],
    ['with a timeout of nothing', check([{ ...create, timeoutMs: 0 }]), 'timeout of 0 ms'],
    [
      'with a policy that never tries',
      check([{ ...create, retry: { ...create.retry, maxAttempts: 0 } }]),
      'unusable retry policy',
    ],
    ['with a name that is no name', check([create], 'Trip!'), 'lower case letters'],
    ['with version 0', check([create], 'trip', 0), 'whole number from 1'],
  ])('%s', (_what, run, message) => {
    expect(run).toThrow(DefinitionError);
    expect(run).toThrow(message);
  });
});

describe('the builder', () => {
  it('infers the input and the outputs of earlier steps', () => {
    const definition = defineSaga({
      name: 'trip',
      version: 2,
      input: z.object({ city: z.string() }),
    })
      .step('hotel', {
        run: ({ input }) => Promise.resolve({ room: input.city.length }),
        undo: () => Promise.resolve(),
      })
      .pivot('pay', { run: ({ results }) => Promise.resolve({ paid: results.hotel.room * 2 }) })
      .retriable('mail', { run: ({ results }) => Promise.resolve(results.pay.paid.toFixed(2)) })
      .build();
    expect(definition.steps.map((step) => step.class)).toEqual([
      'compensatable',
      'pivot',
      'retriable',
    ]);
  });
});

describe('what does not compile', () => {
  const header = { name: 'trip', version: 1, input: z.object({ city: z.string() }) };
  const run = () => Promise.resolve(1);

  it('is also refused at run time', () => {
    const begun = defineSaga(header);
    // @ts-expect-error before the pivot a step needs its counter-step
    expect(() => begun.step('hotel', { run }).build()).toThrow('has no counter-step');
    const past = defineSaga(header).pivot('pay', { run });
    // @ts-expect-error there is one point of no return
    expect(() => past.pivot('again', { run }).build()).toThrow('second pivot');
    // @ts-expect-error past it only retriable steps follow
    expect(() => past.step('hotel', { run, undo: run }).build()).toThrow('must be retriable');
    const ref = z.object({ city: z.string() });
    const cancel = operation({ name: 'hotel.cancel', request: ref, response: ref });
    const request = { compensation: cancel, compensationRequest: () => ({ city: 'Lisbon' }) };
    // @ts-expect-error the barrier would find no action to undo
    expect(() => begun.step('hotel', { run, ...request }).build()).toThrow('same kind');
  });
});

describe('groups, waits and deadlines that cannot be', () => {
  const begun = defineSaga({ name: 'trip', version: 1, input: z.object({ city: z.string() }) });
  const run = () => Promise.resolve(1);
  const signal = { schema: z.string(), timeoutMs: 10 };

  it('are refused with what to change', () => {
    expect(() => begun.parallel('none', (group) => group).build()).toThrow('has no steps');
    const twice = begun.parallel('both', (group) =>
      group.step('a', { run, undo: run }).step('a', { run, undo: run }),
    );
    expect(() => twice.build()).toThrow('two steps are named "a"');
    const late = begun.pivot('pay', { run });
    // @ts-expect-error past the pivot a signal that is missed cannot turn the saga back
    expect(() => late.waitFor('word', { ...signal, onTimeout: 'turn-back' }).build()).toThrow(
      'nothing turns back',
    );
    expect(() => begun.waitFor('word', { ...signal, timeoutMs: 0 }).build()).toThrow('above 0');
    const hasty = begun.step('a', { run, undo: run, deadlineMs: -1 });
    expect(() => hasty.build()).toThrow('deadline of -1 ms');
    const endless = begun.step('a', { run, undo: run, timeoutMs: 3_600_000 });
    expect(() => endless.build()).toThrow('wait for its signal');
    const header = { name: 'trip', version: 1, input: z.object({}), deadlineMs: 1e15 };
    expect(() => defineSaga(header).pivot('pay', { run }).build()).toThrow('deadline');
  });

  it('are fine where they make sense, with results typed by what they are', () => {
    const saga = begun
      .parallel('both', (group) =>
        group.step('a', { run, undo: run }).waitFor('word', { schema: z.string() }),
      )
      .waitFor('maybe', { ...signal, onTimeout: 'continue' })
      .pivot('pay', {
        run: ({ results }) => {
          const word: string = results.word;
          const maybe: string | null = results.maybe;
          return Promise.resolve(`${word} ${maybe} ${results.a + 1}`);
        },
      })
      .build();
    expect(saga.steps.map(({ name, stage }) => [name, stage])).toEqual([
      ['a', 0],
      ['word', 0],
      ['maybe', 1],
      ['pay', 2],
    ]);
  });
});

describe('back-off', () => {
  const policy = { maxAttempts: 9, initialDelayMs: 100, maxDelayMs: 1_000 };
  it.each([
    [1, 100],
    [2, 200],
    [4, 800],
    [8, 1_000],
  ])('after %i failures is spread over at most %i ms', (failures, ceilingMs) => {
    expect(backoffMs(policy, failures, 0)).toBe(0);
    expect(backoffMs(policy, failures, 0.5)).toBe(ceilingMs / 2);
    expect(backoffMs(policy, failures, 0.999)).toBeLessThanOrEqual(ceilingMs);
  });
});
