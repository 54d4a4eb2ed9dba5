'use client';

import { useUrlState } from '@/lib/url-state.ts';
import type { Attempt, Way } from './attempts.ts';

export interface Selection {
  readonly selected: Attempt | undefined;
  readonly select: (step: string, way: Way, number?: number) => void;
  readonly close: () => void;
  readonly isSelected: (attempt: Attempt) => boolean;
}

/** Which attempt the side panel shows; in the URL, so that it can be sent to somebody. */
export function useSelection(attempts: readonly Attempt[]): Selection {
  const { params, change } = useUrlState();
  const step = params.get('step');
  const way: Way = params.get('way') === 'undo' ? 'compensation' : 'action';
  const number = Number(params.get('attempt'));
  const ofStep = attempts.filter((attempt) => attempt.step === step && attempt.way === way);
  const selected =
    step === 'none'
      ? undefined
      : step
        ? (ofStep.find((attempt) => attempt.number === number) ?? ofStep.at(-1))
        : telling(attempts);
  return {
    selected,
    select: (nextStep, nextWay, next) =>
      change({
        step: nextStep,
        way: nextWay === 'compensation' ? 'undo' : undefined,
        attempt: next === undefined ? undefined : String(next),
      }),
    close: () => change({ step: 'none', way: undefined, attempt: undefined }),
    isSelected: (attempt) => attempt === selected,
  };
}

/** Without a choice: the attempt that explains the most, a doubt before a failure before the last. */
function telling(attempts: readonly Attempt[]): Attempt | undefined {
  return (
    attempts.findLast(({ outcome }) => outcome === 'unknown') ??
    attempts.findLast(({ outcome }) => outcome === 'failed') ??
    attempts.at(-1)
  );
}
