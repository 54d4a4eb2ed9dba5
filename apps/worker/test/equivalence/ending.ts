import { readLogs } from '@counterstep/db/store';
import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { readFacts, type SagaFacts } from '@counterstep/services/audit';
import type { System } from '../system.ts';

/** Where an order has ended, as the business sees it: no ids, no times, no way of getting there. */
export interface Ending {
  readonly status: string;
  /** Set when stuck. */
  readonly stuckAt: string | null;
  readonly order: string;
  /** `held 2 of line 0`, in the order of the lines. */
  readonly reservations: readonly string[];
  /** Per line: what is reserved, and what is there. */
  readonly stock: readonly string[];
  readonly captured: number;
  readonly refunded: number;
  readonly shipments: number;
  /** By `step direction`. That there was nothing to undo leaves nothing behind, so it is left out. */
  readonly effects: Readonly<Record<string, string>>;
}

/** An ending, and what only one style can say of itself. */
export interface Ended {
  readonly sagaId: string;
  readonly ending: Ending;
  /** A cancel was refused, by the desk or at the pivot. */
  readonly isCancelRefused: boolean;
  /** What is wrong with its log, one sentence each. */
  readonly faults: readonly string[];
}

export interface Lived {
  readonly sagaId: string;
  /** Of the lines, in order. */
  readonly skus: readonly string[];
  readonly isCancelRefused: boolean;
}

export async function readEndings(system: System, lived: readonly Lived[]): Promise<Ended[]> {
  const ids = lived.map(({ sagaId }) => sagaId);
  const [facts, logs, stock] = await Promise.all([
    readFacts({ databases: system.databases, saga: system.saga }, ids),
    readLogs(system.saga, ids),
    system.databases.inventory.query<{ sku: string; on_hand: number; reserved: number }>(
      'select sku, on_hand, reserved from stock where sku = any($1::text[])',
      [lived.flatMap(({ skus }) => skus)],
    ),
  ]);
  const factsOf = new Map(facts.map((each) => [each.sagaId, each]));
  const stockOf = new Map(stock.map((row) => [row.sku, `${row.reserved} of ${row.on_hand}`]));
  return lived.map(({ sagaId, skus, isCancelRefused }) => {
    const found = factsOf.get(sagaId);
    const log = logs.get(sagaId) ?? [];
    if (!found) throw new Error(`Nothing is known of saga ${sagaId}.`);
    const state = log.reduce<SagaState>(evolve, initialState);
    return {
      sagaId,
      ending: endingOf(found, state, skus, stockOf),
      isCancelRefused: isCancelRefused || log.some(({ type }) => type === 'CancelRefused'),
      faults: faultsOf(found, state, log),
    };
  });
}

function endingOf(
  { order, reservations, payment, shipment, effects, instance }: SagaFacts,
  { phase }: SagaState,
  skus: readonly string[],
  stockOf: ReadonlyMap<string, string>,
): Ending {
  return {
    status: instance?.status ?? 'unseen',
    stuckAt: phase.status === 'stuck' ? `${phase.step} ${phase.direction}` : null,
    order: order ? `${order.status}, ${order.total}` : 'none',
    reservations: reservations
      .map(({ sku, quantity, status }) => `${status} ${quantity} of line ${skus.indexOf(sku)}`)
      .toSorted(),
    stock: skus.map((sku) => stockOf.get(sku) ?? 'none'),
    captured: payment?.amount ?? 0,
    refunded: payment?.refunded ?? 0,
    shipments: shipment ? 1 : 0,
    effects: Object.fromEntries(
      effects
        .filter(({ outcome }) => outcome !== 'null-compensated')
        .map(({ step, direction, outcome }) => [`${step} ${direction}`, outcome] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** The row is the fold of a log without gaps, whichever style has written it. */
function faultsOf(
  { instance }: SagaFacts,
  state: SagaState,
  log: readonly RecordedEvent[],
): string[] {
  return [
    ...(log.every(({ seq }, index) => seq === index + 1) ? [] : ['the log has gaps']),
    ...(instance?.seq === log.length ? [] : ['the row and the log are of different lengths']),
    ...(instance?.status === state.phase.status ? [] : ['the row is not the fold of the log']),
  ];
}
