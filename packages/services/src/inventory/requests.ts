import type { OrderInput } from '../order/contract.ts';
import type { Reservation } from './contract.ts';

export const reserveRequest = ({ orderId, lines }: OrderInput): Reservation => ({
  orderId,
  lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
});

export const releaseRequest = ({ orderId }: OrderInput): { orderId: string } => ({ orderId });
