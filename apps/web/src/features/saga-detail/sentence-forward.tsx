import type { ReactNode } from 'react';
import { Countdown } from '@/features/sagas/countdown.tsx';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga, SagaEvent, StepDetail } from '@/lib/trpc.ts';
import type { Attempt } from './attempts.ts';
import { textOf } from './event-data.ts';
import { ended, inWords, listed, Op, times } from './words.tsx';

/** For a saga that has not turned back. */
export function forwardSentence(
  saga: Saga,
  events: readonly SagaEvent[],
  attempts: readonly Attempt[],
): ReactNode {
  switch (saga.status) {
    case 'pending':
      return 'It is accepted and on disk. No worker has claimed it yet.';
    case 'completed':
      return completed(saga, attempts);
    case 'stuck':
      return stuckForward(saga);
    case 'resolved': {
      const reason = textOf(events.findLast(({ type }) => type === 'SagaResolved')?.data, 'reason');
      return (
        <>
          A person settled it by hand, going forward
          {reason && (
            <>
              : <b>{ended(reason)}</b>
            </>
          )}
          .
        </>
      );
    }
    default:
      return underWay(saga);
  }
}

function completed(saga: Saga, attempts: readonly Attempt[]): ReactNode {
  const repeated = saga.steps.filter(({ attempts: made }) => made > 1);
  const doubts = attempts.filter(({ outcome }) => outcome === 'unknown');
  const found = attempts.some(({ isDuplicate }) => isDuplicate);
  const took = duration(millisBetween(saga.createdAt, saga.finishedAt ?? saga.updatedAt));
  return (
    <>
      All {inWords(saga.steps.length)} steps are <b>done in {took}</b>.{' '}
      {repeated.map((step) => (
        <span key={step.name}>
          <Op name={step.operation} /> needed {inWords(step.attempts)} attempts.{' '}
        </span>
      ))}
      {doubts.length > 0 &&
        found &&
        'A reply was lost on the way; asked again with the same key, the effect was there and was not repeated.'}
    </>
  );
}

function stuckForward({ current, steps }: Saga): ReactNode {
  const step = steps.find(({ name }) => name === current?.step);
  if (!step) return 'It waits for a person.';
  return (
    <>
      <Op name={step.operation} /> failed {step.attempts} of {step.maxAttempts} attempts
      {current?.error && <>: {ended(current.error.message)}</>}.{' '}
      {step.class === 'pivot'
        ? 'Nobody knows whether it happened, so it is not undone.'
        : 'It is past the point of no return, so it can only go forward.'}{' '}
      <b>It waits for you.</b>
    </>
  );
}

function underWay(saga: Saga): ReactNode {
  const done = saga.steps.filter(({ status }) => status === 'succeeded');
  const step = saga.steps.find(({ status }) => status !== 'succeeded' && status !== 'skipped');
  const rest = saga.steps.slice(step ? saga.steps.indexOf(step) + 1 : saga.steps.length);
  return (
    <>
      {saga.paused && <b>It is paused: nothing new is sent. </b>}
      {done.length > 0 && (
        <>
          {listed(done.map(({ operation }) => operation))} {done.length === 1 ? 'is' : 'are'}{' '}
          done.{' '}
        </>
      )}
      {step && stepSentence(step)}
      {rest.length > 0 && <> Then {listed(rest.map(({ operation }) => operation))}.</>}
      {saga.status === 'committed' && ' The pivot has committed: it can only go forward.'}
    </>
  );
}

function stepSentence({
  operation,
  status,
  attempts,
  maxAttempts,
  error,
  nextRetryAt,
}: StepDetail): ReactNode {
  const failed = Math.max(1, status === 'waiting' ? attempts : attempts - 1);
  if (status === 'waiting') {
    return (
      <>
        <Op name={operation} /> failed {times(failed)}
        {error && <>, last with “{ended(error.message)}”</>}, and{' '}
        <b>tries again {nextRetryAt ? <Countdown until={nextRetryAt} /> : 'soon'}</b> (attempt{' '}
        {attempts + 1} of {maxAttempts}).
      </>
    );
  }
  if (status === 'unknown') {
    return (
      <>
        <Op name={operation} /> gave no answer. It <b>may have happened</b>, so it is asked again
        with the same key.
      </>
    );
  }
  if (status === 'dispatched') {
    return (
      <>
        <Op name={operation} /> is under way
        {attempts > 1 && (
          <>
            , attempt {attempts} of {maxAttempts}
          </>
        )}
        .
      </>
    );
  }
  return (
    <>
      <Op name={operation} /> comes next.
    </>
  );
}
