import type { ReactNode } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import type { Attempt } from './attempts.ts';
import { backSentence } from './sentence-back.tsx';
import { forwardSentence } from './sentence-forward.tsx';
import { readTurn } from './turn.ts';

/** What happened and what comes next, in one or two sentences made from the log. */
export function Sentence({
  saga,
  events,
  attempts,
}: {
  saga: Saga;
  events: readonly SagaEvent[];
  attempts: readonly Attempt[];
}) {
  const turn = readTurn(events);
  const said: ReactNode = turn
    ? backSentence(saga, events, attempts, turn)
    : forwardSentence(saga, events, attempts);
  return <p className="say">{said}</p>;
}
