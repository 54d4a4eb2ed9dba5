'use client';

import { useState } from 'react';
import { useUrlState } from '@/lib/url-state.ts';
import type { Attempt, Way } from './attempts.ts';

/** One direction of one step: what a node, a row of the timeline or a ledger row belongs to. */
interface StepWay {
  readonly step: string;
  readonly way: Way;
}

export interface Selection {
  readonly selected: Attempt | undefined;
  readonly select: (step: string, way: Way, number?: number) => void;
  readonly close: () => void;
  readonly isSelected: (attempt: Attempt) => boolean;
  /** What the pointer or the focus is on, in whichever pane: the others show theirs of the same. */
  readonly hover: (what: StepWay | undefined) => void;
  readonly isHovered: (step: string | undefined, way: Way) => boolean;
}

/** Which attempt all panes show as chosen; in the URL, so that it can be sent to somebody. */
export function useSelection(attempts: readonly Attempt[]): Selection {
  const { params, changeHere } = useUrlState();
  const [hovered, hover] = useState<StepWay>();
  const step = params.get('step');
  const way: Way = params.get('way') === 'undo' ? 'compensation' : 'action';
  const number = Number(params.get('attempt'));
  const ofStep = attempts.filter((attempt) => attempt.step === step && attempt.way === way);
  const selected =
    step === 'none'
      ? undefined
      : ofStep.length > 0
        ? (ofStep.find((attempt) => attempt.number === number) ?? ofStep.at(-1))
        : telling(attempts);
  return {
    selected,
    select: (nextStep, nextWay, next) =>
      changeHere({
        step: nextStep,
        way: nextWay === 'compensation' ? 'undo' : undefined,
        attempt: next === undefined ? undefined : String(next),
      }),
    close: () => changeHere({ step: 'none', way: undefined, attempt: undefined }),
    isSelected: (attempt) => attempt === selected,
    hover,
    isHovered: (ofStep, ofWay) => hovered?.step === ofStep && hovered?.way === ofWay,
  };
}

/**
 * Without a choice, or with one that this log does not have: the attempt that explains the most, a doubt
 * before a failure before the last.
 */
function telling(attempts: readonly Attempt[]): Attempt | undefined {
  return (
    attempts.findLast(({ outcome }) => outcome === 'unknown') ??
    attempts.findLast(({ outcome }) => outcome === 'failed') ??
    attempts.at(-1)
  );
}
