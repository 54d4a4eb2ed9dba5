import type { AnyOperation, Operation } from '@counterstep/db/barrier';
import { type Captured, type Charge, chargePayment, refundPayment } from './contract.ts';
import { type Capture, charge, type Refund, refund } from './domain.ts';
import { insertPayments, lockPayments, readLimits, refundPayments } from './repository.ts';

const chargeOperation: Operation<Charge, Captured, Map<string, number>, Capture> = {
  contract: chargePayment,
  load: (tx, calls) =>
    readLimits(
      tx,
      calls.map((call) => call.request.customerId),
    ),
  decide: (limits, { sagaId, request }) => charge(limits.get(request.customerId), sagaId, request),
  evolve: () => undefined,
  write: insertPayments,
};

const refundOperation: Operation<{ orderId: string }, Captured, void, Refund> = {
  contract: refundPayment,
  compensates: chargePayment,
  load: (tx, calls) =>
    lockPayments(
      tx,
      calls.map((call) => call.sagaId),
    ),
  decide: (_state, { sagaId, done }) => refund(sagaId, chargePayment.response.parse(done)),
  evolve: () => undefined,
  write: refundPayments,
};

export const paymentOperations: readonly AnyOperation[] = [chargeOperation, refundOperation];
