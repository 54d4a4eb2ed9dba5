import { millisBetween } from '@/lib/time/format.ts';
import type { Ledger, Saga, SagaEvent } from '@/lib/trpc.ts';
import { isFinished } from '@/ui/status.ts';
import type { Attempt } from '@/features/saga-detail/attempts.ts';

/** One of the two sagas of a comparison, with all that is known of it. */
export interface Side {
  /** What its columns are headed with. */
  readonly label: string;
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  readonly attempts: readonly Attempt[];
  /** Undefined until it has been read. */
  readonly ledger: Ledger | undefined;
}

export type Pair = readonly [left: Side, right: Side];

/** Nothing changes any more, or nothing until a person acts. */
export const isAtRest = ({ saga }: Pick<Side, 'saga'>): boolean =>
  isFinished(saga.status) || saga.status === 'stuck';

/** Each side's clock starts at its own acceptance: milliseconds from there, by the database's time. */
export function sinceAcceptance({ saga }: Pick<Side, 'saga'>, at: string): number {
  return Math.max(0, millisBetween(saga.createdAt, at));
}

/** When the step's effect was committed in its service; undefined if none was. */
export function committedAt(
  { ledger }: Pick<Side, 'ledger'>,
  step: string,
  way: Attempt['way'],
): string | undefined {
  return ledger?.effects.find(
    (effect) => effect.step === step && effect.direction === way && effect.outcome === 'applied',
  )?.at;
}

/** From acceptance to the last ledger row in any service; of one that wrote none, to its end. */
export function consistentAfterMs(side: Side): number | undefined {
  const { saga, ledger } = side;
  if (!isFinished(saga.status) || !ledger) return undefined;
  const last = lastCommit(side)?.at ?? saga.finishedAt;
  return last === undefined ? undefined : sinceAcceptance(side, last);
}

export function lastCommit({ ledger }: Pick<Side, 'ledger'>) {
  return ledger?.effects.findLast(({ outcome }) => outcome === 'applied');
}

/** The styles name the sides when they tell them apart; otherwise their order does. */
export function labelsOf(left: Saga, right: Saga): readonly [string, string] {
  if (left.style === right.style) return ['First', 'Second'];
  return left.style === 'orchestration'
    ? ['Orchestration', 'Choreography']
    : ['Choreography', 'Orchestration'];
}
