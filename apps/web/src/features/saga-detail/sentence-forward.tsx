import { Fragment, type ReactNode } from 'react';
import { Countdown } from '@/features/sagas/countdown.tsx';
import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga, SagaEvent, StepDetail } from '@/lib/trpc.ts';
import { Until } from '@/ui/until.tsx';
import type { Attempt } from './attempts.ts';
import { textOf } from './event-data.ts';
import { stuckForward } from './sentence-stuck.tsx';
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

function underWay(saga: Saga): ReactNode {
  const done = saga.steps.filter(
    ({ status, class: its }) => status === 'succeeded' && its !== 'wait',
  );
  const open = saga.steps.filter(({ status }) => status !== 'succeeded' && status !== 'skipped');
  const stage = open[0]?.stage;
  const rest = open.filter((step) => step.stage !== stage);
  return (
    <>
      {saga.paused && <b>It is paused: nothing new is sent. </b>}
      {done.length > 0 && (
        <>
          {listed(done.map(({ operation }) => operation))} {done.length === 1 ? 'is' : 'are'}{' '}
          done.{' '}
        </>
      )}
      {open
        .filter((step) => step.stage === stage)
        .map((step) => (
          <Fragment key={step.name}>{stepSentence(step)} </Fragment>
        ))}
      {rest.length > 0 && <> Then {listed(rest.map(({ operation }) => operation))}.</>}
      {saga.status === 'committed' && ' The pivot has committed: it can only go forward.'}
    </>
  );
}

function waitSentence({ name, kind, until }: StepDetail): ReactNode {
  if (kind === 'sleep') {
    return (
      <>
        It <b>sleeps</b> (<Op name={name} />) and goes on{' '}
        {until ? <Countdown until={until} /> : 'later'}.
      </>
    );
  }
  return (
    <>
      It <b>waits for the signal</b> <Op name={name} />
      {until && (
        <>
          , until <Until at={until} />
        </>
      )}
      .
    </>
  );
}

function stepSentence(step: StepDetail): ReactNode {
  const { operation, status, attempts, maxAttempts, error, nextRetryAt } = step;
  if (status === 'waiting' && step.class === 'wait') return waitSentence(step);
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
  if (status === 'failed') {
    return (
      <>
        <Op name={operation} /> failed{error && <>: {ended(error.message)}</>}. What follows from
        that is decided next.
      </>
    );
  }
  return (
    <>
      <Op name={operation} /> comes next.
    </>
  );
}
