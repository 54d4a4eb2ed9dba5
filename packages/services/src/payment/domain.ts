import { applied, type Decision, rejected } from '@counterstep/db/barrier';
import type { Captured, Charge } from './contract.ts';

/** Of customers without an account of their own; minor units. */
export const defaultPaymentLimit = 500_000;

export interface Capture extends Captured, Charge {
  readonly sagaId: string;
}

/** Takes the money if it is within the customer's limit. */
export function charge(
  limit: number | undefined,
  sagaId: string,
  request: Charge,
): Decision<Captured, Capture> {
  const { amount, customerId } = request;
  const allowed = limit ?? defaultPaymentLimit;
  if (amount > allowed) {
    const message = `${euros(amount)} is above the limit of ${euros(allowed)} for ${customerId}.`;
    return rejected('LIMIT_EXCEEDED', message, { amount, limit: allowed });
  }
  const captured = { paymentId: `pay_${sagaId.replaceAll('-', '').slice(-12)}`, amount };
  return applied(captured, { sagaId, ...captured, ...request });
}

export interface Refund extends Captured {
  readonly sagaId: string;
}

/** Returns exactly what was captured. */
export function refund(sagaId: string, done: Captured): Decision<Captured, Refund> {
  return applied(done, { sagaId, ...done });
}

function euros(minorUnits: number): string {
  return `€${(minorUnits / 100).toFixed(2)}`;
}
