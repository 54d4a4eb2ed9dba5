import { setTimeout as delay } from 'node:timers/promises';
import { acknowledgedOrders, checkAcknowledged } from './invariants/acknowledged.ts';
import { orderRows, paymentRows, reservationRows, shipmentRows } from './invariants/effects.ts';
import { compensatedSagas, completedSagas } from './invariants/ends.ts';
import { refundBounds, shippedIsPaid } from './invariants/money.ts';
import { gaplessLog, onePlace, operatorActs, terminalAtRest } from './invariants/sagas.ts';
import { checkStock, stockReserved } from './invariants/stock.ts';
import { judgeAgain, judgeAll } from './judge.ts';
import type { Books } from './read.ts';
import { emptyTally, settled, suspect, type Tally } from './tally.ts';
import type { AuditReport, InvariantResult, SagaInvariant, Violation } from './types.ts';

const sagaInvariants: readonly SagaInvariant[] = [
  orderRows,
  reservationRows,
  paymentRows,
  shipmentRows,
  refundBounds,
  shippedIsPaid,
  completedSagas,
  compensatedSagas,
  gaplessLog,
  terminalAtRest,
  onePlace,
  operatorActs,
];

export interface AuditOptions extends Books {
  /** A suspicion is looked at again after this long before it is reported. Default 2 000. */
  readonly recheckAfterMs?: number;
}

/** A rule about a whole table, which its own check reads. */
interface WholeInvariant {
  readonly name: string;
  readonly description: string;
  readonly check: () => Promise<{
    readonly rows: number;
    readonly violations: readonly Violation[];
  }>;
}

/**
 * Checks what must hold between the services and the sagas, while they run. Nothing joins across
 * services and nothing is locked. What looks broken is read again after a while, and reported only
 * if it is broken in the same way then: a saga that was caught between two reads has moved on.
 *
 * @throws AuditTooSlowError when the database ended one of its reads
 */
export async function runAudit(options: AuditOptions): Promise<AuditReport> {
  const startedAt = Date.now();
  const wholes: readonly WholeInvariant[] = [
    { ...stockReserved, check: () => checkStock(options.databases.inventory) },
    { ...acknowledgedOrders, check: () => checkAcknowledged(options) },
  ];
  const tallies = await judgeAll(options, sagaInvariants);
  const wholeTallies = await Promise.all(wholes.map(async (whole) => tallyOf(await whole.check())));

  const all = [...wholeTallies, ...tallies.values()];
  const isSuspicious = all.some(({ suspicions }) => suspicions.length > 0);
  if (isSuspicious) await delay(options.recheckAfterMs ?? 2_000);

  const invariants: InvariantResult[] = [];
  for (const [index, { check, ...whole }] of wholes.entries()) {
    const tally = wholeTallies[index] ?? emptyTally();
    const second = tally.suspicions.length > 0 ? (await check()).violations : [];
    invariants.push({ ...whole, ...settled(tally, second) });
  }
  const again = await judgeAgain(options, tallies);
  for (const [invariant, tally] of tallies) {
    const { name, description } = invariant;
    invariants.push({ name, description, ...settled(tally, again.get(invariant) ?? []) });
  }
  return {
    checkedAt: new Date(startedAt).toISOString(),
    tookMs: Date.now() - startedAt,
    invariants,
  };
}

function tallyOf({ rows, violations }: Awaited<ReturnType<WholeInvariant['check']>>): Tally {
  const tally = { ...emptyTally(), rows };
  for (const violation of violations) suspect(tally, violation);
  return tally;
}
