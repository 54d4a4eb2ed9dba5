import type { StepDetail } from '@/lib/trpc.ts';
import type { Look } from '@/ui/status.ts';
import type { Attempt, Outcome, Way } from './attempts.ts';

/** An attempt's outcome as icon, word, colour. */
export function outcomeLook({ outcome, way }: Pick<Attempt, 'outcome' | 'way'>): Look {
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
};

/** The pip's and bar's class for an outcome. */
export const pipClass: Readonly<Record<Outcome, string>> = {
  running: 'r',
  succeeded: 'c',
  failed: 'x',
  unknown: 'u',
  compensated: 'b',
  null: 'b',
};

export const barClass: Readonly<Record<Outcome, string>> = {
  running: 'run',
  succeeded: 'f',
  failed: 'x',
  unknown: 'u',
  compensated: 'b',
  null: 'b',
};

export function operationName(step: StepDetail | undefined, way: Way, fallback: string): string {
  if (!step) return fallback;
  return way === 'action' ? step.operation : (step.counterOperation ?? `undo of ${step.name}`);
}
