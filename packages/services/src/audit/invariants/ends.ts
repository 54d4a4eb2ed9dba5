import { isTerminal } from '@counterstep/saga-core/machine';
import { placeOrderSaga } from '../../place-order/definition.ts';
import { hasApplied, type SagaFacts } from '../facts.ts';
import {
  notConcerned,
  sentences,
  type SagaInvariant,
  stillMoving,
  type Verdict,
} from '../types.ts';

const steps = placeOrderSaga.steps.map((step) => step.name);

/** Judges place-order sagas that have reached this end; the moving ones may still get there. */
function atEnd(
  facts: SagaFacts,
  end: 'completed' | 'compensated',
  broken: () => string[],
): Verdict {
  const { instance } = facts;
  if (instance?.definition !== placeOrderSaga.name) return notConcerned;
  if (!isTerminal(instance.status)) return stillMoving;
  return instance.status === end ? { rows: 1, broken: broken() } : notConcerned;
}

export const completedSagas: SagaInvariant = {
  name: 'completed-sagas',
  description:
    'Completed: every action applied, none undone, goods held, total captured, one shipment, order confirmed.',
  check: (facts) =>
    atEnd(facts, 'completed', () => {
      const { order, payment, reservations, shipment } = facts;
      const missing = steps.filter((step) => !hasApplied(facts, step, 'action'));
      const undone = steps.filter((step) => hasApplied(facts, step, 'compensation'));
      return sentences(
        [missing.length > 0, `Completed, but ${missing.join(', ')} did not apply.`],
        [undone.length > 0, `Completed, but ${undone.join(', ')} was undone.`],
        [
          order?.status !== 'confirmed',
          `Completed, but the order is ${order?.status ?? 'missing'}.`,
        ],
        [
          payment?.amount !== order?.total || payment?.refunded !== 0,
          'Completed, but what was captured and kept is not the total.',
        ],
        [
          reservations.length === 0 || reservations.some((row) => row.status !== 'held'),
          'Completed, but not all goods are held.',
        ],
        [!shipment, 'Completed, but there is no shipment.'],
      );
    }),
};

export const compensatedSagas: SagaInvariant = {
  name: 'compensated-sagas',
  description:
    'Compensated: every applied action was undone in full; nothing held, kept, shipped or open is left.',
  check: (facts) =>
    atEnd(facts, 'compensated', () => {
      const { order, payment, reservations, shipment } = facts;
      const owed = steps.filter(
        (step) => hasApplied(facts, step, 'action') && !hasApplied(facts, step, 'compensation'),
      );
      return sentences(
        [owed.length > 0, `Compensated, but ${owed.join(', ')} was not undone.`],
        [
          order !== undefined && order.status !== 'cancelled',
          `Compensated, but the order is ${order?.status}.`,
        ],
        [
          payment !== undefined && payment.refunded !== payment.amount,
          `Compensated, but only ${payment?.refunded} of ${payment?.amount} went back.`,
        ],
        [
          reservations.some((row) => row.status === 'held'),
          'Compensated, but goods are still held.',
        ],
        [shipment !== undefined, 'Compensated, but there is a shipment.'],
      );
    }),
};
