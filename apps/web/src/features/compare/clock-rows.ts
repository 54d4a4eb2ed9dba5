import type { Attempt } from '@/features/saga-detail/attempts.ts';
import { operationName } from '@/features/saga-detail/looks.ts';
import { textOf } from '@/features/saga-detail/event-data.ts';
import type { StepDetail } from '@/lib/trpc.ts';
import { movesOf } from './moves.ts';
import { type Pair, type Side, sinceAcceptance } from './side.ts';

/** One attempt on its side's clock; `toMs` is absent while it runs. */
export interface Stretch {
  readonly attempt: Attempt;
  readonly fromMs: number;
  readonly toMs?: number;
}

export interface Track {
  readonly side: Side;
  readonly stretches: readonly Stretch[];
  /** Copies that changed nothing, delivered after everything was done. */
  readonly copiesMs: readonly number[];
}

/** One operation with the tracks of both sides under each other. */
export interface ClockRow {
  readonly key: string;
  readonly name: string;
  readonly isUndo: boolean;
  readonly tracks: readonly [Track, Track];
}

/** Forward in the order of the definition, then the undos, last first; only those that somebody owes. */
export function clockRows([left, right]: Pair): readonly ClockRow[] {
  const steps = [
    ...left.saga.steps,
    ...right.saga.steps.filter(({ name }) => left.saga.steps.every((step) => step.name !== name)),
  ];
  const rowOf = (step: StepDetail, way: Attempt['way']): ClockRow => ({
    key: `${step.name} ${way}`,
    name: operationName(step, way, step.name),
    isUndo: way === 'compensation',
    tracks: [trackOf(left, step.name, way), trackOf(right, step.name, way)],
  });
  const isOwed = ({ name }: StepDetail) =>
    [left, right].some(({ saga }) =>
      saga.steps.some((step) => step.name === name && step.compensation !== undefined),
    );
  return [
    ...steps.map((step) => rowOf(step, 'action')),
    ...steps
      .filter(isOwed)
      .map((step) => rowOf(step, 'compensation'))
      .reverse(),
  ];
}

function trackOf(side: Side, step: string, way: Attempt['way']): Track {
  const stretches = side.attempts
    .filter((attempt) => attempt.step === step && attempt.way === way)
    .map((attempt) => ({
      attempt,
      fromMs: sinceAcceptance(side, attempt.startedAt),
      ...(attempt.endedAt && { toMs: sinceAcceptance(side, attempt.endedAt) }),
    }));
  return { side, stretches, copiesMs: copiesOf(side, step, way) };
}

function copiesOf(side: Side, step: string, way: Attempt['way']): readonly number[] {
  return movesOf(side.events)
    .filter((move) => move.kind === 'answer-lost' && move.step === step && move.way === way)
    .flatMap(({ seq }) => {
      const again = side.events.find((event) => event.seq > seq && event.type === 'RetryScheduled');
      const runAt = again?.step === step ? textOf(again.data, 'runAt') : '';
      return runAt ? [sinceAcceptance(side, runAt)] : [];
    });
}

/** The last moment that has to be on the axis. */
export function lastMs(rows: readonly ClockRow[]): number {
  return Math.max(
    0,
    ...rows.flatMap(({ tracks }) =>
      tracks.flatMap(({ stretches, copiesMs }) => [
        ...copiesMs,
        ...stretches.flatMap(({ fromMs, toMs }) => [fromMs, toMs ?? fromMs]),
      ]),
    ),
  );
}
