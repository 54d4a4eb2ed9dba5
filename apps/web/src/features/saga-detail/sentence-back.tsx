import type { ReactNode } from 'react';
import { Countdown } from '@/features/sagas/countdown.tsx';
import type { Saga, SagaEvent, StepDetail } from '@/lib/trpc.ts';
import { attemptsMade } from './attempt-words.ts';
import type { Attempt } from './attempts.ts';
import { textOf } from './event-data.ts';
import { hasUndoName, operationName } from './looks.ts';
import type { Turn } from './turn.ts';
import { turnCause } from './turn-cause.tsx';
import { ended, listed, Op, times } from './words.tsx';

/** For a saga that has turned back: cause, doubt, what was owed, what comes next. */
export function backSentence(
  saga: Saga,
  events: readonly SagaEvent[],
  attempts: readonly Attempt[],
  turn: Turn,
): ReactNode {
  return (
    <>
      {turnCause(saga, attempts, turn)} {undone(saga)} {next(saga, events)}
    </>
  );
}

/** The members of one group that is undone together. */
function allAtOnce(steps: Saga['steps']): boolean {
  const undone = steps.filter(({ compensation }) => compensation);
  const groups = new Set(undone.map(({ group, name }) => group?.name ?? name));
  return groups.size === 1 && undone[0]?.group?.undo === 'together';
}

const settled = new Set(['compensated', 'null-compensated']);

function undone({ steps }: Saga): ReactNode {
  const of = (status: string) =>
    steps.filter(({ compensation }) => compensation === status).reverse();
  const names = (status: string) =>
    of(status).map((step) => operationName(step, 'compensation', step.name));
  const done = of('compensated');
  const nothing = names('null-compensated');
  return (
    <>
      {done.length > 0 && <Done done={done} isAtOnce={allAtOnce(steps)} />}
      {nothing.length > 0 && <> {listed(nothing)} found nothing to undo.</>}
    </>
  );
}

function Done({ done, isAtOnce }: { done: readonly StepDetail[]; isAtOnce: boolean }) {
  const order = done.length === 1 ? '' : isAtOnce ? ', at once' : ', last first';
  if (done.some((step) => !hasUndoName(step))) {
    return (
      <>
        {listed(done.map(({ operation }) => operation))} {done.length === 1 ? 'is' : 'are'}{' '}
        <b>undone{order}</b>.
      </>
    );
  }
  return (
    <>
      {listed(done.map((step) => operationName(step, 'compensation', step.name)))}{' '}
      <b>{done.length === 1 ? 'undid what was done' : `undid it${order}`}</b>.
    </>
  );
}

function next(saga: Saga, events: readonly SagaEvent[]): ReactNode {
  if (saga.status === 'compensated') return 'Every owed undo is verified; nothing is left behind.';
  if (saga.status === 'resolved') {
    const reason = textOf(events.findLast(({ type }) => type === 'SagaResolved')?.data, 'reason');
    return (
      <>
        A person settled the rest
        {reason && (
          <>
            : <b>{ended(reason)}</b>
          </>
        )}
        .
      </>
    );
  }
  const open = saga.steps.filter(({ compensation }) => compensation && !settled.has(compensation));
  const failed = open.find(({ compensation }) => compensation === 'compensation-failed');
  if (saga.status === 'stuck' && failed) return stuck(failed);
  const moving = open.find(({ compensation }) => compensation !== 'owed');
  const owed = open.filter((step) => step.compensation === 'owed').reverse();
  return (
    <>
      {saga.paused && <b>It is paused. </b>}
      {moving && movingSentence(moving)}
      {owed.length > 0 && (
        <>
          {' '}
          {moving ? 'Then' : 'Next'}{' '}
          {listed(owed.map((step) => operationName(step, 'compensation', step.name)))}.
        </>
      )}
    </>
  );
}

function movingSentence(step: StepDetail): ReactNode {
  const name = <Op name={operationName(step, 'compensation', step.name)} />;
  if (step.compensation !== 'compensation-waiting') return <>{name} is under way.</>;
  return (
    <>
      {name} failed {times(step.compensationAttempts)} and{' '}
      <b>tries again {step.nextRetryAt ? <Countdown until={step.nextRetryAt} /> : 'soon'}</b>.
    </>
  );
}

function stuck(step: StepDetail): ReactNode {
  return (
    <>
      <Op name={operationName(step, 'compensation', step.name)} /> failed after{' '}
      {attemptsMade(step.compensationAttempts, step.maxCompensationAttempts)}
      {step.error && <>: {ended(step.error.message)}</>}. <b>It waits for you.</b>
    </>
  );
}
