import { expect, it } from 'vitest';
import { callStep } from '../src/engine/call.ts';
import { type Clock, createAlarm } from '../src/engine/index.ts';
import { stepOf } from '../src/definition/index.ts';
import { initialState } from '../src/machine/index.ts';
import type { Outcome, Participant } from '../src/participant/index.ts';
import { orderLike } from './order-like.ts';

/** A clock whose hours nobody waits for, and how many timers are open on it. */
function countingClock(): Clock & { readonly open: () => number; readonly ring: () => void } {
  const timers = new Set<() => void>();
  return {
    now: () => '2026-01-01T00:00:00.000Z',
    after(_ms, run) {
      timers.add(run);
      return () => void timers.delete(run);
    },
    defer: (run) => run(),
    open: () => timers.size,
    ring() {
      const due = [...timers];
      timers.clear();
      for (const run of due) run();
    },
  };
}

it('a wait that is rung leaves no timer behind', async () => {
  const clock = countingClock();
  const alarm = createAlarm(clock);
  const waited = alarm.wait(60_000);
  expect(clock.open()).toBe(1);
  alarm.wake();
  await waited;
  expect(clock.open()).toBe(0);
});

const applied: Outcome = { kind: 'applied', output: { id: 'o-1' }, duplicate: false };

function callCreate(clock: Clock, execute: Participant['execute']): Promise<Outcome> {
  const unused = () => Promise.reject(new Error('It is only called.'));
  const participant: Participant = { execute, close: unused, fence: unused };
  const ports = { clock, participants: new Map([['order', participant]]) };
  const step = stepOf(orderLike, 'create');
  const call = {
    sagaId: 's-1',
    state: initialState,
    step,
    direction: 'action',
    attempt: 1,
  } as const;
  return callStep(ports, call, () => undefined);
}

it('a call that is answered leaves no timer behind, and its signal is not aborted later', async () => {
  const clock = countingClock();
  let given: AbortSignal | undefined;
  const outcome = await callCreate(clock, (_command, caller) => {
    given = caller.signal;
    return Promise.resolve(applied);
  });
  expect(outcome).toEqual(applied);
  expect(clock.open()).toBe(0);
  clock.ring();
  expect(given?.aborted).toBe(false);
});

it('a call that stays silent is unknown after its time, and is told to stop', async () => {
  const clock = countingClock();
  let given: AbortSignal | undefined;
  const outcome = callCreate(clock, (_command, caller) => {
    given = caller.signal;
    return new Promise(() => undefined);
  });
  expect(clock.open()).toBe(1);
  clock.ring();
  expect((await outcome).kind).toBe('unknown');
  expect(given?.aborted).toBe(true);
  expect(clock.open()).toBe(0);
});
