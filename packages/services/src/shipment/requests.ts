import type { OrderInput } from '../order/contract.ts';
import type { Parcel } from './contract.ts';

export const initiateRequest = ({ orderId, lines }: OrderInput): Parcel => ({
  orderId,
  units: lines.reduce((units, line) => units + line.quantity, 0),
});
