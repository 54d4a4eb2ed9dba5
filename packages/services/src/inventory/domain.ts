import { applied, type Decision, rejected } from '@counterstep/db/barrier';
import type { Reservation } from './contract.ts';

interface Stock {
  readonly onHand: number;
  readonly reserved: number;
}

/** Stock by sku; the batch's working copy. */
export type Shelf = Map<string, Stock>;

export interface StockChange extends Reservation {
  readonly sagaId: string;
}

/** Reserves all lines of an order or none of them. */
export function reserve(
  shelf: Shelf,
  sagaId: string,
  request: Reservation,
): Decision<Reservation, StockChange> {
  const lines = sumBySku(request.lines);
  for (const { sku, quantity } of lines) {
    const stock = shelf.get(sku);
    if (!stock) return rejected('UNKNOWN_SKU', `There is no product ${sku}.`, { sku });
    const left = stock.onHand - stock.reserved;
    if (quantity > left) {
      const message = `${sku}: ${quantity} wanted, ${left} left.`;
      return rejected('OUT_OF_STOCK', message, { sku, wanted: quantity, left });
    }
  }
  const { orderId } = request;
  return applied({ orderId, lines }, { sagaId, orderId, lines });
}

/** Gives back exactly what was reserved. */
export function release(sagaId: string, done: Reservation): Decision<Reservation, StockChange> {
  return applied(done, { sagaId, ...done });
}

/** Shows a change to the next calls of the batch. */
export function shift(shelf: Shelf, change: StockChange, sign: 1 | -1): void {
  for (const { sku, quantity } of change.lines) {
    const stock = shelf.get(sku);
    if (stock) shelf.set(sku, { ...stock, reserved: stock.reserved + sign * quantity });
  }
}

/** One line per sku, in sku order. */
export function sumBySku(lines: Reservation['lines']): Reservation['lines'] {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return [...sums]
    .map(([sku, quantity]) => ({ sku, quantity }))
    .sort((a, b) => (a.sku < b.sku ? -1 : 1));
}
