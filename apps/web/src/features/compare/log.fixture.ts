import { attemptsOf } from '@/features/saga-detail/attempts.ts';
import type { Ledger, Saga, SagaEvent, SagaStyle } from '@/lib/trpc.ts';
import type { Side } from './side.ts';

const origin = Date.parse('2026-11-24T12:00:00.000Z');
export const at = (ms: number): string => new Date(origin + ms).toISOString();

type Line = readonly [ms: number, type: string, step?: string, data?: object];

/** Events of a log, numbered as they stand. */
export function log(...lines: readonly Line[]): SagaEvent[] {
  return lines.map(([ms, type, step, data = {}], index) => ({
    seq: index + 1,
    type,
    ...(step !== undefined && { step, attempt: 1 }),
    data: data as SagaEvent['data'],
    actor: 'w-1',
    at: at(ms),
  }));
}

type Commit = readonly [ms: number, step: string, direction?: 'action' | 'compensation'];

export function ledgerOf(commits: readonly Commit[], rows: Partial<Ledger> = {}): Ledger {
  return {
    sagaId: '',
    order: null,
    reservations: [],
    payment: null,
    shipment: null,
    effects: commits.map(([ms, step, direction = 'action']) => ({
      service: 'order',
      step,
      direction,
      outcome: 'applied',
      at: at(ms),
    })),
    ...rows,
  };
}

interface Made {
  readonly style?: SagaStyle;
  readonly status?: Saga['status'];
  readonly events: readonly SagaEvent[];
  readonly ledger?: Ledger;
}

/** A side with as much of a saga as comparisons read. */
export function sideOf({
  style = 'orchestration',
  status = 'completed',
  events,
  ledger,
}: Made): Side {
  // As much of it as a comparison reads.
  const saga = {
    id: style,
    style,
    status,
    takenOver: false,
    createdAt: at(0),
    finishedAt: at(1_000),
    steps: [],
    // What the comparison reads of a saga, and no more.
  } as unknown as Saga;
  const label = style === 'orchestration' ? 'Orchestration' : 'Choreography';
  return { label, saga, events, attempts: attemptsOf(events), ledger: ledger ?? ledgerOf([]) };
}
