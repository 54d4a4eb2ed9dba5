import { listProducts } from '@counterstep/services/catalogue';
import type { OrderInput } from '@counterstep/services/order/contract';
import type { Desk } from '@counterstep/services/place-order';
import { uuidV7 } from '@counterstep/db/store';

/** The order at one place of a launch. */
export type OrderKind = (index: number) => OrderInput;

interface Priced {
  readonly sku: string;
  readonly unitPrice: number;
}

/** Products that are scarcer would run out, and turn orders away that were meant to succeed. */
const plentiful = 10_000;
const linesMax = 3;
/** May spend more than any of these orders comes to. */
const solvent = 'linden-hotel';
/** May not spend as much as this product costs. */
const limited = { customerId: 'corner-kiosk', sku: 'LMP-BRS-01' };
const rejectedEvery = 10;

/** Products of which there is enough for any run. */
export async function plentifulProducts({ databases }: Desk): Promise<readonly Priced[]> {
  return (await listProducts(databases)).filter(({ onHand }) => onHand > plentiful);
}

/** One to three products, one of each; every order succeeds. */
export function happyOrders(products: readonly Priced[]): OrderKind {
  return (index) => {
    const skus = Array.from(
      { length: 1 + (index % linesMax) },
      (_, line) => products[(index + line * 3) % products.length],
    );
    return orderOf(solvent, [...new Set(skus)]);
  };
}

/** The same, but each tenth customer may not spend that much: Payment says no, and all is undone. */
export function ordersWithRejections(products: readonly Priced[]): OrderKind {
  const happy = happyOrders(products);
  const dear = products.filter(({ sku }) => sku === limited.sku);
  return (index) => (isRejected(index) ? orderOf(limited.customerId, dear) : happy(index));
}

const isRejected = (index: number): boolean => index % rejectedEvery === rejectedEvery - 1;

/** How many of so many orders will be turned away. */
export const rejectionsAmong = (count: number): number => Math.floor(count / rejectedEvery);

/** All of them want the same product: one row of stock for everybody. */
export function hotOrders(products: readonly Priced[]): OrderKind {
  return () => orderOf(solvent, products.slice(0, 1));
}

function orderOf(customerId: string, products: readonly (Priced | undefined)[]): OrderInput {
  const lines = products.flatMap((product) =>
    product ? [{ sku: product.sku, quantity: 1, unitPrice: product.unitPrice }] : [],
  );
  const total = lines.reduce((sum, { unitPrice }) => sum + unitPrice, 0);
  return { orderId: uuidV7(), customerId, lines, total };
}
