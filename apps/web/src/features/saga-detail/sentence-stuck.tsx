import type { ReactNode } from 'react';
import type { Saga } from '@/lib/trpc.ts';
import { attemptsMade } from './attempt-words.ts';
import { ended, Op } from './words.tsx';

/** For a saga that is stuck on its way forward: what failed, and what that leaves open. */
export function stuckForward({ current, steps }: Saga): ReactNode {
  const step = steps.find(({ name }) => name === current?.step);
  if (!step) return 'It waits for a person.';
  return (
    <>
      <Op name={step.operation} /> failed after {attemptsMade(step.attempts, step.maxAttempts)}
      {current?.error && <>: {ended(current.error.message)}</>}. {consequence(step)}{' '}
      <b>It waits for you.</b>
    </>
  );
}

function consequence({ class: its, status }: Saga['steps'][number]): string {
  if (its === 'retriable') return 'It is past the point of no return, so it can only go forward.';
  return status === 'failed'
    ? 'It is known to have had no effect.'
    : 'Nobody knows whether it happened, so it is not undone.';
}
