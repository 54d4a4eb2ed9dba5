import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  checkFlow,
  type Choreography,
  defineChoreography,
  event,
  type Reaction,
} from '../../src/choreography/index.ts';
import { DefinitionError, defineSaga } from '../../src/definition/index.ts';
import { acts, asked, declared, flowOf, sagaOf, serviceOf, smallFlow, undoes } from './toy.ts';

const small = smallFlow();
const [a, b, p, r] = ['a', 'b', 'p', 'r'].map(serviceOf) as [
  ReturnType<typeof serviceOf>,
  ReturnType<typeof serviceOf>,
  ReturnType<typeof serviceOf>,
  ReturnType<typeof serviceOf>,
];

type Flow = Choreography<{ id: string }>;

/** The small flow with one reaction changed, or taken out. */
function changed(
  find: (reaction: Reaction) => boolean,
  change: (reaction: Reaction) => readonly Reaction[] = () => [],
): Flow {
  const hits = small.reactions.filter(find);
  expect(hits).toHaveLength(1);
  return {
    ...small,
    reactions: small.reactions.flatMap((each) => (find(each) ? change(each) : [each])),
  };
}
const action = (step: string) => (each: Reaction) =>
  each.step === step && each.direction === 'action';
const undo = (step: string, on: string) => (each: Reaction) =>
  each.step === step && each.direction === 'compensation' && each.on.type === on;

describe('a flow', () => {
  it('is accepted when every failure leads back through all that it may owe', () => {
    expect(checkFlow(small)).toEqual([]);
    expect(defineChoreography(small)).toBe(small);
  });

  it('may fork: two services react to one event', () => {
    const fork = flowOf(sagaOf({ compensatable: ['a', 'b'], pivot: 'p', retriable: ['r', 's'] }), [
      ...small.reactions,
      acts('s', p.done, true),
    ]);
    expect(checkFlow(fork)).toEqual([]);
  });

  it('may fork before a failure, when that failure undoes the other branch too', () => {
    const steps = sagaOf({ compensatable: ['a', 'b', 'p'] });
    const forward = [acts('a', asked), acts('b', a.done), acts('p', a.done)];
    const back = [undoes('a', b.failed), undoes('a', p.failed), undoes('b', p.failed)];
    expect(checkFlow(flowOf(steps, [...forward, ...back, undoes('p', b.failed)]))).toEqual([]);
    expect(checkFlow(flowOf(steps, [...forward, ...back]))).toEqual([
      'BFailed of "b" has no way back for "p": it undoes "a" and ends with AUndone. Let the ' +
        'counter-step of "p" react to BFailed or to an event that follows from it.',
    ]);
  });

  it('needs no counter-step that no failure can owe', () => {
    const steps = sagaOf({ compensatable: ['a', 'b'] });
    const flow = flowOf(steps, [acts('a', asked), acts('b', a.done), undoes('a', b.failed)]);
    expect(checkFlow(flow)).toEqual([]);
  });

  it('says every problem of one kind at once, with the name of the saga', () => {
    const flow = { ...small, events: small.events.slice(0, -2) };
    const refuse = () => defineChoreography(flow);
    expect(refuse).toThrow(DefinitionError);
    expect(refuse).toThrow(/^Choreography "toy": .*\nChoreography "toy": /);
  });
});

describe('declared events', () => {
  const other = (type: string, service: string, version: number) =>
    event({ type, service, version, data: z.strictObject({ id: z.string() }) });

  it.each<[string, Flow, string]>([
    [
      'emitted but undeclared',
      { ...small, events: small.events.filter(({ type }) => type !== 'BDone') },
      'step "b" emits BDone, which "b" does not declare. Add it to the events of "b".',
    ],
    [
      'the start, undeclared',
      { ...small, events: small.events.filter(({ type }) => type !== 'Asked') },
      'the flow starts with Asked, which "desk" does not declare. Add it to the events of "desk".',
    ],
    [
      'waited for but undeclared',
      changed(action('r'), () => [acts('r', declared('p', 'PGone'), true)]),
      'step "r" reacts to PGone, which "p" does not declare. Add it to the events of "p".',
    ],
    [
      'emitted by another service',
      changed(action('b'), (each) => [{ ...each, service: 'stranger' }]),
      'step "b" runs in "stranger" but emits BDone, an event of "b". Let "stranger" declare an event ' +
        'of its own and emit that.',
    ],
    [
      'declared but never emitted',
      { ...small, events: [...small.events, declared('b', 'BLost')] },
      '"b" declares BLost, which nobody emits. Emit it from a reaction of "b", or take it out of its ' +
        'events.',
    ],
    [
      'declared twice',
      { ...small, events: [...small.events, declared('b', 'BDone')] },
      'BDone is declared twice by "b". Keep one.',
    ],
    [
      'declared by two services',
      { ...small, events: [...small.events, declared('a', 'BDone')] },
      'BDone is declared twice: by "b" and by "a". Keep one.',
    ],
    [
      'waited for in another version',
      changed(action('p'), () => [acts('p', other('BDone', 'b', 2))]),
      'step "p" reacts to another BDone than is declared: as version 1 and as version 2. Use the ' +
        'contract of "b".',
    ],
    [
      'waited for with other data',
      changed(action('p'), () => [
        acts(
          'p',
          event({ type: 'BDone', service: 'b', version: 1, data: z.object({ id: z.string() }) }),
        ),
      ]),
      'step "p" reacts to another BDone than is declared: as version 1 with two different shapes of ' +
        'data. Use the contract of "b".',
    ],
    [
      'a version that is none',
      { ...small, events: [...small.events, other('BLost', 'b', 0)] },
      '"b" declares BLost in version 0; count from 1.',
    ],
    [
      'a type in another form',
      { ...small, events: [...small.events, declared('b', 'b/attempt-failed')] },
      '"b" declares "b/attempt-failed"; name an event in PascalCase: OrderCreated.',
    ],
  ])('%s: refused', (_case, flow, problem) => {
    expect(checkFlow(flow)).toContain(problem);
  });

  it('may be written down twice when both say the same', () => {
    const flow = changed(action('p'), () => [acts('p', other('BDone', 'b', 1))]);
    expect(checkFlow(flow)).toEqual([]);
  });
});

describe('reactions', () => {
  it.each<[string, Flow, string]>([
    [
      'of no step',
      changed(action('b'), (each) => [{ ...each, step: 'c' }]),
      'the reaction to ADone names "c", which is no step of the saga.',
    ],
    [
      'that run another operation than the saga says',
      changed(action('b'), (each) => [{ ...each, operation: a.act }]),
      'step "b" runs a.do on ADone, but the saga says b.do. Use the same operation in both.',
    ],
    [
      'that undo what cannot be undone',
      {
        ...small,
        reactions: [...small.reactions, undoes('p', b.failed)],
        events: [...small.events, p.undone],
      },
      '"p" has no counter-step, yet one reacts to BFailed. Remove it.',
    ],
    [
      'with a "no" to an undo',
      changed(undo('b', 'PFailed'), (each) => [
        { ...each, rejected: { event: b.failed, data: () => null } },
      ]),
      'the counter-step of "b" may not answer with BFailed: an undo has no "no".',
    ],
    [
      'that can be rejected and do not say so',
      changed(action('b'), (each) => [{ ...each, rejected: undefined }]),
      '"b" can be rejected, so its reaction to ADone must say what it emits then.',
    ],
    [
      'that nobody can hear of in time',
      changed(action('b'), (each) => [{ ...each, withinMs: 0 }]),
      'step "b" is to be heard of within 0 ms; give a time above 0, in ms.',
    ],
    [
      'twice to one event',
      { ...small, reactions: [...small.reactions, acts('b', a.done)] },
      '"b" reacts twice to ADone with step "b". Keep one reaction.',
    ],
    [
      'of one step to two events',
      { ...small, reactions: [...small.reactions, acts('p', a.done)] },
      'step "p" is set off by BDone and by ADone, and would run at whichever comes first. A reaction ' +
        'waits for one event: keep one.',
    ],
    [
      'that undo one step and say it in two ways',
      changed(undo('a', 'BFailed'), (each) => [
        { ...each, applied: { event: a.failed, data: () => null } },
      ]),
      'the counter-step of "a" answers BUndone with AUndone but BFailed with AFailed. Emit one event.',
    ],
    [
      'forward, to a failure',
      changed(action('r'), () => [acts('r', p.failed, true)]),
      'step "r" reacts to PFailed, which says that a step did not happen. A saga that has turned back ' +
        'takes no step forward; let it react to what went well.',
    ],
    [
      'back, to what went well',
      changed(undo('b', 'PFailed'), () => [undoes('b', p.done)]),
      'the counter-step of "b" reacts to PDone, which says that a step went well. Let it react to a ' +
        'rejection, or to an event of another counter-step.',
    ],
    [
      'with one event for both answers',
      changed(action('b'), (each) => [{ ...each, rejected: { event: b.done, data: () => null } }]),
      'BDone says both that a step went well and that a step did not happen. Emit an event for each.',
    ],
  ])('%s: refused', (_case, flow, problem) => {
    expect(checkFlow(flow)).toContain(problem);
  });

  it('of waits and plain functions: refused, nobody would run them', () => {
    const input = z.strictObject({ id: z.string() });
    const run = () => Promise.resolve(null);
    const definition = defineSaga({ name: 'toy', version: 1, input })
      .sleep('nap', { forMs: 1_000 })
      .pivot('p', { run })
      .build();
    const flow = flowOf(definition, [acts('p', asked)]);
    expect(checkFlow(flow)).toEqual([
      'step "p" is a plain function; without a coordinator it must be an operation.',
      '"nap" is a wait, and without a coordinator there is nobody who waits. Leave it out, or run this ' +
        'saga orchestrated.',
    ]);
  });
});

describe('the way forward', () => {
  it.each<[string, Flow, string]>([
    [
      'an unhandled start',
      changed(action('a')),
      'Asked is unhandled: it starts the flow, but no service reacts with step "a".',
    ],
    [
      'a dead end',
      changed(action('p')),
      'BDone of "b" is a dead end: nobody goes on from it, and "p" and "r" remain; no service reacts ' +
        'with step "p".',
    ],
    [
      'a dead end before a step that waits for what nobody emits',
      {
        ...changed(action('p'), () => [acts('p', declared('b', 'BLost'))]),
        events: [...small.events, declared('b', 'BLost')],
      },
      'BDone of "b" is a dead end: nobody goes on from it, and "p" and "r" remain; "p" waits for ' +
        'BLost, which nobody emits.',
    ],
    [
      'a cycle',
      changed(action('b'), () => [acts('b', p.done)]),
      'a cycle: PDone sets off step "b", BDone sets off step "p", which emits PDone again. Let one of ' +
        'these reactions wait for another event.',
    ],
    [
      'a retriable step that may say no',
      { ...changed(action('r'), () => [acts('r', p.done)]), events: [...small.events, r.failed] },
      '"r" comes after the pivot "p" and must not answer with RFailed; leave out its rejection.',
    ],
    [
      'a retriable step before the pivot',
      changed(action('r'), () => [acts('r', b.done, true)]),
      '"r" cannot be undone, but reacts to BDone, before the pivot "p" has committed. Let it react to ' +
        'PDone or to what follows.',
    ],
    [
      'a step beside the pivot that may be rejected',
      changed(action('p'), () => [acts('p', a.done)]),
      'the pivot "p" runs beside "b", which may be rejected when nothing can be undone any more. Let ' +
        '"p" follow from BDone.',
    ],
    [
      'a pivot that is followed by a step that may be rejected',
      flowOf(small.definition, [
        acts('a', asked),
        acts('p', a.done),
        acts('b', p.done),
        acts('r', b.done, true),
        undoes('a', p.failed),
        undoes('a', b.failed),
      ]),
      'the pivot "p" is followed by "b", which may be rejected when nothing can be undone any more. ' +
        'Let "p" follow from BDone.',
    ],
  ])('with %s: refused', (_case, flow, problem) => {
    expect(checkFlow(flow)).toEqual([problem]);
  });
});

describe('the way back', () => {
  it.each<[string, Flow, string]>([
    [
      'a rejection that nobody reacts to',
      changed(undo('b', 'PFailed')),
      'PFailed is unhandled: nobody reacts to it, but the effect of "a" and "b" is still to be undone. ' +
        'Let the counter-step of "b" react to it.',
    ],
    [
      'an undo that nobody goes on from',
      changed(undo('a', 'BUndone')),
      'BUndone is unhandled: nobody reacts to it, which follows from PFailed, but the effect of "a" is ' +
        'still to be undone. Let the counter-step of "a" react to it.',
    ],
    [
      'a failure edge that passes a counter-step by',
      changed(undo('b', 'PFailed'), () => [undoes('a', p.failed)]),
      'PFailed of "p" has no way back for "b": it undoes "a" and ends with AUndone. Let the ' +
        'counter-step of "b" react to PFailed or to an event that follows from it.',
    ],
    [
      'a compensation that cannot be reached',
      {
        ...small,
        reactions: [...small.reactions, undoes('a', declared('b', 'BLost'))],
        events: [...small.events, declared('b', 'BLost')],
      },
      'the counter-step of "a" cannot be reached: it waits for BLost, to which no failure leads. Let it ' +
        'react to a rejection or to what follows from one, or remove it.',
    ],
    [
      'a cycle',
      changed(undo('b', 'PFailed'), (each) => [each, undoes('b', a.undone)]),
      'a cycle: BUndone sets off the counter-step of "a", AUndone sets off the counter-step of "b", ' +
        'which emits BUndone again. Let one of these reactions wait for another event.',
    ],
  ])('with %s: refused', (_case, flow, problem) => {
    expect(checkFlow(flow)).toEqual([problem]);
  });
});
