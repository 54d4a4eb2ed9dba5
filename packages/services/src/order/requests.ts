import type { OrderInput } from './contract.ts';

/** Built by this function in both styles, so both send the same. */
export const createRequest = (order: OrderInput): OrderInput => order;

/** For confirm and cancel. */
export const orderRef = ({ orderId }: OrderInput): { orderId: string } => ({ orderId });
