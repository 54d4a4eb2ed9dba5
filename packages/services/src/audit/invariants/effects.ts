import type { OrderStatus } from '../../order/domain.ts';
import { effectOf, hasApplied, type SagaFacts } from '../facts.ts';
import { sentences, type SagaInvariant } from '../types.ts';

/** Whether an action's effect stands, that is: applied and not undone. */
type Standing = 'absent' | 'standing' | 'undone';

function standing(facts: SagaFacts, step: string): Standing {
  if (!hasApplied(facts, step, 'action')) return 'absent';
  return hasApplied(facts, step, 'compensation') ? 'undone' : 'standing';
}

const resultOf = (facts: SagaFacts, step: string): unknown =>
  effectOf(facts, step, 'action')?.result;

export const orderRows: SagaInvariant = {
  name: 'order-rows',
  description:
    'Each applied order.create has its order, in the status its effects say; none without.',
  check(facts) {
    const { order } = facts;
    const created = standing(facts, 'order.create');
    const confirmed = hasApplied(facts, 'order.confirm', 'action');
    const expected: OrderStatus =
      created === 'undone' ? 'cancelled' : confirmed ? 'confirmed' : 'pending';
    return {
      rows: order ? 1 : 0,
      broken: sentences(
        [!order && created !== 'absent', 'order.create applied, but there is no order.'],
        [
          order !== undefined && created === 'absent',
          'There is an order that no effect accounts for.',
        ],
        [
          order !== undefined && created !== 'absent' && order.status !== expected,
          `The order is ${order?.status}; by its effects it is ${expected}.`,
        ],
        [
          order !== undefined && order.total !== order.linesTotal,
          `The order's total is ${order?.total}, its lines come to ${order?.linesTotal}.`,
        ],
      ),
    };
  },
};

export const reservationRows: SagaInvariant = {
  name: 'reservation-rows',
  description:
    'Each applied inventory.reserve has exactly the reservations it answered with; none without.',
  check(facts) {
    const reserved = standing(facts, 'inventory.reserve');
    const lines =
      reserved === 'absent'
        ? []
        : ((resultOf(facts, 'inventory.reserve') as { lines?: readonly Line[] } | null)?.lines ??
          []);
    const status = reserved === 'undone' ? 'released' : 'held';
    const expected = lines.map((line) => `${line.quantity} × ${line.sku} ${status}`).toSorted();
    const actual = facts.reservations
      .map((row) => `${row.quantity} × ${row.sku} ${row.status}`)
      .toSorted();
    return {
      rows: facts.reservations.length,
      broken: sentences([
        expected.join() !== actual.join(),
        `Reserved is ${words(actual)}; by the effects it is ${words(expected)}.`,
      ]),
    };
  },
};

interface Line {
  readonly sku: string;
  readonly quantity: number;
}

const words = (goods: readonly string[]): string => goods.join(', ') || 'nothing';

export const paymentRows: SagaInvariant = {
  name: 'payment-rows',
  description:
    'Each applied payment.charge has one payment of that amount, refunded as its effects say; none without.',
  check(facts) {
    const { payment } = facts;
    const charged = standing(facts, 'payment.charge');
    const amount = (resultOf(facts, 'payment.charge') as { amount?: number } | null)?.amount;
    const refunded = charged === 'undone' ? payment?.amount : 0;
    return {
      rows: payment ? 1 : 0,
      broken: sentences(
        [!payment && charged !== 'absent', 'payment.charge applied, but there is no payment.'],
        [
          payment !== undefined && charged === 'absent',
          'There is a payment that no effect accounts for.',
        ],
        [
          payment !== undefined && charged !== 'absent' && payment.amount !== amount,
          `The payment is ${payment?.amount}; the effect says ${amount}.`,
        ],
        [
          payment !== undefined && charged !== 'absent' && payment.refunded !== refunded,
          `${payment?.refunded} of the payment went back; by the effects it is ${refunded}.`,
        ],
      ),
    };
  },
};

export const shipmentRows: SagaInvariant = {
  name: 'shipment-rows',
  description: 'Each applied shipment.initiate has one shipment; none without.',
  check(facts) {
    const { shipment } = facts;
    const shipped = hasApplied(facts, 'shipment.initiate', 'action');
    return {
      rows: shipment ? 1 : 0,
      broken: sentences(
        [!shipment && shipped, 'shipment.initiate applied, but there is no shipment.'],
        [shipment !== undefined && !shipped, 'There is a shipment that no effect accounts for.'],
      ),
    };
  },
};
