import type { Outputs, SagaStatus } from '@/lib/trpc.ts';
import type { IconName } from './icon.tsx';

type Tone = 'forward' | 'back' | 'wait' | 'unknown' | 'stuck' | 'fault' | 'ink' | 'mute';

/** A status is always an icon, a word and a colour; this is the only table of them. */
export interface Look {
  readonly icon: IconName;
  readonly word: string;
  readonly tone: Tone;
}

export const sagaLooks: Readonly<Record<SagaStatus, Look>> = {
  pending: { icon: 'ring', word: 'Pending', tone: 'mute' },
  running: { icon: 'right', word: 'Running', tone: 'forward' },
  committed: { icon: 'diamond', word: 'Committed', tone: 'ink' },
  compensating: { icon: 'left', word: 'Compensating', tone: 'back' },
  stuck: { icon: 'stuck', word: 'Stuck', tone: 'stuck' },
  completed: { icon: 'check', word: 'Completed', tone: 'forward' },
  compensated: { icon: 'undo', word: 'Compensated', tone: 'back' },
  resolved: { icon: 'person', word: 'Resolved', tone: 'ink' },
};

export const activeStatuses = [
  'pending',
  'running',
  'committed',
  'compensating',
  'stuck',
] as const satisfies readonly SagaStatus[];

export const finishedStatuses = [
  'completed',
  'compensated',
  'resolved',
] as const satisfies readonly SagaStatus[];

export const isFinished = (status: SagaStatus): boolean =>
  finishedStatuses.some((finished) => finished === status);

type Step = Outputs['sagas']['get']['steps'][number];
export type StepStatus = Step['status'];
export type UndoStatus = NonNullable<Step['compensation']>;

const stepLooks: Readonly<Record<StepStatus, Look>> = {
  pending: { icon: 'ring', word: 'Not reached', tone: 'mute' },
  dispatched: { icon: 'right', word: 'Dispatched', tone: 'forward' },
  waiting: { icon: 'clock', word: 'Retry', tone: 'wait' },
  succeeded: { icon: 'check', word: 'Succeeded', tone: 'forward' },
  failed: { icon: 'cross', word: 'Failed', tone: 'stuck' },
  unknown: { icon: 'question', word: 'Outcome unknown', tone: 'unknown' },
  skipped: { icon: 'skip', word: 'Skipped', tone: 'ink' },
};

type WaitKind = 'sleep' | 'signal';
type WaitStatus = 'waiting' | 'succeeded' | 'failed';

const waitLooks: Readonly<Record<WaitKind, Readonly<Record<WaitStatus, Look>>>> = {
  sleep: {
    waiting: { icon: 'clock', word: 'Sleeps', tone: 'wait' },
    succeeded: { icon: 'clock', word: 'Slept', tone: 'mute' },
    failed: { icon: 'cross', word: 'Failed', tone: 'stuck' },
  },
  signal: {
    waiting: { icon: 'letter', word: 'Waits', tone: 'wait' },
    succeeded: { icon: 'letter', word: 'Received', tone: 'forward' },
    failed: { icon: 'cross', word: 'No signal', tone: 'stuck' },
  },
};

const givenUp: Look = { icon: 'ring', word: 'Given up', tone: 'mute' };

interface StepLike {
  readonly status: StepStatus;
  readonly kind?: Step['kind'];
  readonly waitsFor?: Step['waitsFor'] | undefined;
}

/** Which kind of wait a step is; undefined for one that does something. */
function waitKind({ kind, waitsFor }: Omit<StepLike, 'status'>): WaitKind | undefined {
  if (kind === 'sleep' || kind === 'signal') return kind;
  return waitsFor && (waitsFor === 'timer' ? 'sleep' : 'signal');
}

/** `isOver`: the saga has turned back or ended, so a step that waits will not go on. */
export function stepLook(step: StepLike, isOver = false): Look {
  const { status } = step;
  if (status === 'waiting' && isOver) return givenUp;
  const wait = waitKind(step);
  return wait && (status === 'waiting' || status === 'succeeded' || status === 'failed')
    ? waitLooks[wait][status]
    : stepLooks[status];
}

export const undoLooks: Readonly<Record<UndoStatus, Look>> = {
  owed: { icon: 'ring', word: 'Owed', tone: 'back' },
  compensating: { icon: 'left', word: 'Undoing', tone: 'back' },
  'compensation-waiting': { icon: 'clock', word: 'Retry', tone: 'wait' },
  compensated: { icon: 'undo', word: 'Compensated', tone: 'back' },
  'null-compensated': { icon: 'nothing', word: 'Nothing to undo', tone: 'back' },
  'compensation-failed': { icon: 'cross', word: 'Undo failed', tone: 'stuck' },
  'compensation-skipped': { icon: 'skip', word: 'Undo skipped', tone: 'ink' },
};
