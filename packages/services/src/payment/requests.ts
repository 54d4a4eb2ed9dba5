import type { OrderInput } from '../order/contract.ts';
import type { Charge } from './contract.ts';

export const chargeRequest = ({ orderId, customerId, total }: OrderInput): Charge => ({
  orderId,
  customerId,
  amount: total,
  token: `tok_${customerId}`.slice(0, 64),
});

export const refundRequest = ({ orderId }: OrderInput): { orderId: string } => ({ orderId });
