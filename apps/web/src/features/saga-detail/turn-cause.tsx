import type { ReactNode } from 'react';
import type { Saga } from '@/lib/trpc.ts';
import { Until } from '@/ui/until.tsx';
import type { Attempt } from './attempts.ts';
import type { Turn } from './turn.ts';
import { ended, Op, times } from './words.tsx';

/** Why a saga turned back, in a sentence. */
export function turnCause(saga: Saga, attempts: readonly Attempt[], turn: Turn): ReactNode {
  const because = turn.reason && (
    <>
      : <b>{ended(turn.reason)}</b>
    </>
  );
  if (turn.kind === 'deadline') {
    return (
      <>
        Turned back: its <b>deadline passed</b> at <Until at={turn.deadlineAt} seconds />.
      </>
    );
  }
  if (turn.kind === 'forced') return <>Turned back by an operator{because}.</>;
  const step = saga.steps.find(({ name }) => name === turn.step);
  if (!step) return <>It was cancelled{because}.</>;
  const message = turn.error ? ended(turn.error.message) : 'no reason given';
  const name = <Op name={step.operation} />;
  if (turn.kind === 'rejected') {
    return step.class === 'wait' ? (
      <>
        Turned back: <b>{message}</b>.
      </>
    ) : (
      <>
        {name} said no: <b>{message}</b>.
      </>
    );
  }
  const its = attempts.filter((attempt) => attempt.step === step.name && attempt.way === 'action');
  const doubtful = its.some(({ outcome }) => outcome === 'unknown');
  return (
    <>
      {name} failed {times(Math.max(1, its.length))}, last with “{message}”, and its budget was
      spent.
      {doubtful && ' It may have happened all the same, so its undo was owed.'}
    </>
  );
}
