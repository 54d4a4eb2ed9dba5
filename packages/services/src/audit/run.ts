import { setTimeout as delay } from 'node:timers/promises';
import { acknowledgedOrders, checkAcknowledged } from './invariants/acknowledged.ts';
import { orderRows, paymentRows, reservationRows, shipmentRows } from './invariants/effects.ts';
import { compensatedSagas, completedSagas } from './invariants/ends.ts';
import { refundBounds, shippedIsPaid } from './invariants/money.ts';
import { gaplessLog, onePlace, operatorActs, terminalAtRest } from './invariants/sagas.ts';
import { checkStock, stockReserved } from './invariants/stock.ts';
import { type Books, readFacts } from './read.ts';
import type { AuditReport, InvariantResult, SagaInvariant, Violation } from './types.ts';
import { walkSagas } from './walk.ts';

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

/** Sagas looked at again at once. */
const recheckChunk = 500;

/**
 * Checks what must hold between the services and the sagas, while they run. Nothing joins across
 * services and nothing is locked. What looks broken is read again after a while, and reported only
 * if it is broken in the same way then: a saga that was caught between two reads has moved on.
 */
export async function runAudit(options: AuditOptions): Promise<AuditReport> {
  const checkedAt = new Date().toISOString();
  const tallies = new Map(sagaInvariants.map((invariant) => [invariant, emptyTally()]));
  for await (const ids of walkSagas(options)) {
    for (const facts of await readFacts(options, ids)) {
      for (const [invariant, tally] of tallies) {
        const { rows, broken, inFlight } = invariant.check(facts);
        tally.rows += rows;
        if (inFlight) tally.inFlight += 1;
        for (const detail of broken) tally.suspicions.push({ sagaId: facts.sagaId, detail });
      }
    }
  }
  const wholes = [
    { ...stockReserved, check: () => checkStock(options.databases.inventory) },
    { ...acknowledgedOrders, check: () => checkAcknowledged(options) },
  ];
  const first = await Promise.all(wholes.map((whole) => whole.check()));

  const isSuspicious =
    [...tallies.values()].some((tally) => tally.suspicions.length > 0) ||
    first.some((result) => result.violations.length > 0);
  if (isSuspicious) await delay(options.recheckAfterMs ?? 2_000);

  const invariants: InvariantResult[] = [];
  for (const [index, { check, ...whole }] of wholes.entries()) {
    const { rows, violations: suspicions } = first[index] ?? { rows: 0, violations: [] };
    const second = suspicions.length > 0 ? (await check()).violations : [];
    invariants.push({ ...whole, ...settled(rows, 0, suspicions, second) });
  }
  for (const [{ name, description, check }, { rows, inFlight, suspicions }] of tallies) {
    const second = await lookAgain(options, check, suspicions);
    invariants.push({ name, description, ...settled(rows, inFlight, suspicions, second) });
  }
  return { checkedAt, invariants };
}

interface Tally {
  rows: number;
  inFlight: number;
  readonly suspicions: Violation[];
}

const emptyTally = (): Tally => ({ rows: 0, inFlight: 0, suspicions: [] });

async function lookAgain(
  books: Books,
  check: SagaInvariant['check'],
  suspicions: readonly Violation[],
): Promise<Violation[]> {
  const ids = [...new Set(suspicions.flatMap(({ sagaId }) => sagaId ?? []))];
  const found: Violation[] = [];
  for (let from = 0; from < ids.length; from += recheckChunk) {
    const facts = await readFacts(books, ids.slice(from, from + recheckChunk));
    found.push(
      ...facts.flatMap((fact) =>
        check(fact).broken.map((detail) => ({ sagaId: fact.sagaId, detail })),
      ),
    );
  }
  return found;
}

/** Broken in the same way twice is a violation; what has changed in between was in flight. */
function settled(
  rowsChecked: number,
  inFlight: number,
  first: readonly Violation[],
  second: readonly Violation[],
): Pick<InvariantResult, 'rowsChecked' | 'violations' | 'inFlight'> {
  const keyOf = ({ sagaId, detail }: Violation) => `${sagaId ?? ''} ${detail}`;
  const before = new Set(first.map(keyOf));
  const violations = second.filter((violation) => before.has(keyOf(violation)));
  return { rowsChecked, violations, inFlight: inFlight + first.length - violations.length };
}
