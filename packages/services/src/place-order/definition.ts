import { defineSaga } from '@counterstep/saga-core/definition';
import { releaseStock, reserveStock } from '../inventory/contract.ts';
import { releaseRequest, reserveRequest } from '../inventory/requests.ts';
import { cancelOrder, confirmOrder, createOrder, orderInput } from '../order/contract.ts';
import { createRequest, orderRef } from '../order/requests.ts';
import { chargePayment, refundPayment } from '../payment/contract.ts';
import { chargeRequest, refundRequest } from '../payment/requests.ts';
import { initiateShipment } from '../shipment/contract.ts';
import { initiateRequest } from '../shipment/requests.ts';

/** The order saga: forward to the parcel, or back through every counter-step that is owed. */
export const placeOrderSaga = defineSaga({
  name: 'place-order',
  version: 1,
  input: orderInput,
  keys: ({ orderId, customerId }) => ({ businessKey: orderId, subject: customerId }),
})
  .step('order.create', {
    action: createOrder,
    request: ({ input }) => createRequest(input),
    compensation: cancelOrder,
    compensationRequest: ({ input }) => orderRef(input),
  })
  .step('inventory.reserve', {
    action: reserveStock,
    request: ({ input }) => reserveRequest(input),
    compensation: releaseStock,
    compensationRequest: ({ input }) => releaseRequest(input),
  })
  .step('payment.charge', {
    action: chargePayment,
    request: ({ input }) => chargeRequest(input),
    compensation: refundPayment,
    compensationRequest: ({ input }) => refundRequest(input),
  })
  .pivot('shipment.initiate', {
    action: initiateShipment,
    request: ({ input }) => initiateRequest(input),
  })
  .retriable('order.confirm', {
    action: confirmOrder,
    request: ({ input }) => orderRef(input),
  })
  .build();
