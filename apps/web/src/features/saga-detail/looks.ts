import type { StepDetail } from '@/lib/trpc.ts';
import { type Look, stepLook } from '@/ui/status.ts';
import type { Attempt, Outcome, Way } from './attempts.ts';

/** An attempt's outcome as icon, word, colour. */
export function outcomeLook({
  outcome,
  way,
  wait,
}: Pick<Attempt, 'outcome' | 'way' | 'wait'>): Look {
  if (wait && outcome === 'running') return stepLook({ status: 'waiting', kind: wait });
  if (wait && (outcome === 'succeeded' || outcome === 'failed')) {
    return stepLook({ status: outcome, kind: wait });
  }
  if (outcome === 'running') {
    return way === 'action'
      ? { icon: 'right', word: 'under way', tone: 'forward' }
      : { icon: 'left', word: 'under way', tone: 'back' };
  }
  return looks[outcome];
}

const looks: Readonly<Record<Exclude<Outcome, 'running'>, Look>> = {
  succeeded: { icon: 'check', word: 'succeeded', tone: 'forward' },
  failed: { icon: 'cross', word: 'failed, no effect', tone: 'stuck' },
  unknown: { icon: 'question', word: 'outcome unknown', tone: 'unknown' },
  compensated: { icon: 'undo', word: 'compensated', tone: 'back' },
  null: { icon: 'nothing', word: 'nothing to undo', tone: 'back' },
  'given-up': { icon: 'ring', word: 'given up', tone: 'mute' },
};

/** The pip's and bar's class for an outcome. */
export const pipClass: Readonly<Record<Outcome, string>> = {
  running: 'r',
  succeeded: 'c',
  failed: 'x',
  unknown: 'u',
  compensated: 'b',
  null: 'b',
  'given-up': 'r',
};

const barClasses: Readonly<Record<Outcome, string>> = {
  running: 'run',
  succeeded: 'f',
  failed: 'x',
  unknown: 'u',
  compensated: 'b',
  null: 'b',
  'given-up': 'wt',
};

/** A wait is drawn as one whatever came of it, unless it failed. */
export function barClass({ outcome, wait }: Attempt): string {
  return wait && outcome !== 'failed' ? 'wt' : barClasses[outcome];
}

/** A plain function has no name of its own on the way back. */
export function hasUndoName({ name, counterOperation }: StepDetail): boolean {
  return counterOperation !== undefined && counterOperation !== `${name}:undo`;
}

export function operationName(step: StepDetail | undefined, way: Way, fallback: string): string {
  if (!step) return fallback;
  if (way === 'action') return step.operation;
  return hasUndoName(step) ? (step.counterOperation ?? '') : `undo of ${step.name}`;
}
