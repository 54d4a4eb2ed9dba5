import type { SagaEvent } from '@/lib/trpc.ts';
import { memberOf, readFailure, type ShownFailure, textOf } from './event-data.ts';

/** Why and when a saga turned back. */
export interface Turn {
  readonly at: string;
  readonly seq: number;
  readonly kind: string;
  /** Absent where no step was the cause: a cancel, a deadline, an operator. */
  readonly step?: string;
  readonly error?: ShownFailure;
  readonly reason: string;
  readonly deadlineAt: string;
}

export function readTurn(events: readonly SagaEvent[]): Turn | undefined {
  const event = events.find(({ type }) => type === 'CompensationStarted');
  if (!event) return undefined;
  const reason = memberOf(event.data, 'reason');
  const step = textOf(reason, 'step');
  const error = readFailure(memberOf(reason, 'error'));
  return {
    at: event.at,
    seq: event.seq,
    kind: textOf(reason, 'kind'),
    reason: textOf(reason, 'reason'),
    deadlineAt: textOf(reason, 'deadlineAt'),
    ...(step && { step }),
    ...(error && { error }),
  };
}

const words: Readonly<Record<string, string>> = {
  rejected: 'a business no',
  exhausted: 'budget spent',
  cancelled: 'cancelled',
  deadline: 'deadline passed',
  forced: 'by an operator',
};

export const turnWord = ({ kind }: Turn): string => words[kind] ?? kind;
