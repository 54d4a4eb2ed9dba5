import { allowLonger } from '@counterstep/db/tx';
import { isPlacing, notePlaced, type PlacingBatch, takeBatch } from '@counterstep/db/batches';
import { listAccounts } from '../accounts.ts';
import { listProducts, type Product } from '../catalogue.ts';
import { accept, type Desk, orderOf, type PreparedOrder, publish } from './desk.ts';
import { uuidAt } from './ids.ts';

/** Orders per transaction: a cancel, and another launch, get their turn in between. */
const chunk = 250;
/** Products that are scarcer would run out by the launch itself and hide what was meant to be seen. */
const plentiful = 10_000;

/**
 * Places the next orders of the oldest launch that is due. The orders follow from the launch's id and
 * seed alone, so after a crash they are placed again under the same ids, and nothing doubles.
 *
 * @returns how many orders were placed; 0 when no launch is due now
 */
export async function placeBatch(desk: Desk): Promise<number> {
  // Asked some times a second, and nearly always in vain.
  if (!(await isPlacing(desk.saga))) return 0;
  const products = (await listProducts(desk.databases)).filter((p) => p.onHand >= plentiful);
  const customers = (await listAccounts(desk.databases)).map((account) => account.customerId);
  return desk.saga.transaction(async (tx) => {
    // Other databases are written meanwhile; a launcher that has stopped lets go of its launch after that.
    await allowLonger(tx, 4_000);
    const batch = await takeBatch(tx, chunk);
    if (!batch) return 0;
    const orders = Array.from({ length: batch.allowed }, (_, index) =>
      ordersAt(batch, batch.placed + index, products, customers),
    ).flat();
    const choreographed = orders.filter((order) => order.style === 'choreography');
    await accept(
      tx,
      orders.filter((order) => order.style === 'orchestration'),
    );
    // In another database, before this one commits: a crash in between places them again, under the same ids.
    if (choreographed.length > 0) await publish(desk, choreographed);
    await notePlaced(tx, batch.id, batch.placed + batch.allowed);
    return batch.allowed;
  });
}

/** The order at one place of a launch; `both` gives it once in each style. */
function ordersAt(
  batch: PlacingBatch,
  index: number,
  products: readonly Product[],
  customers: readonly string[],
): PreparedOrder[] {
  const random = randomAt(batch.seed, index);
  const lineCount = 1 + Math.floor(random() * 3);
  const lines = new Map<string, number>();
  for (let line = 0; line < lineCount; line += 1) {
    const product = products[Math.floor(random() * products.length)];
    if (product) lines.set(product.sku, 1 + Math.floor(random() * 3));
  }
  const customerId = customers[Math.floor(random() * customers.length)] ?? 'walk-in';
  const prices = new Map(products.map((product) => [product.sku, product.unitPrice]));
  const request = {
    customerId,
    lines: [...lines].map(([sku, quantity]) => ({ sku, quantity })),
  };
  const styles =
    batch.style === 'both' ? (['orchestration', 'choreography'] as const) : [batch.style];
  return styles.map((style) => {
    const idOf = (what: string) =>
      uuidAt(batch.createdMs, index, what, batch.id, String(index), style);
    return {
      sagaId: idOf('saga'),
      style,
      input: orderOf(idOf('order'), request, prices),
      correlationId: batch.id,
    };
  });
}

/** A small generator (mulberry32) whose numbers follow from seed and place. */
function randomAt(seed: number, index: number): () => number {
  let state = (seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
