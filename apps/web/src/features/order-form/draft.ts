import { count } from '@/lib/format.ts';
import type { Account, Product, SagaStyle } from '@/lib/trpc.ts';

export type StyleChoice = SagaStyle | 'both';

export interface DraftLine {
  readonly key: number;
  readonly sku: string;
  /** As typed; validated, not corrected. */
  readonly quantity: string;
}

export interface Draft {
  readonly customerId: string;
  readonly lines: readonly DraftLine[];
  readonly style: StyleChoice;
  readonly fault: string;
}

export const linesMax = 20;
const quantityMax = 10_000;

/** What is wrong with a line, as a sentence; undefined when it is right. */
export function lineProblem(line: DraftLine, lines: readonly DraftLine[]): string | undefined {
  if (!line.sku) return 'Choose a product.';
  const quantity = Number(line.quantity);
  // Digits alone: 0x10 and 1e3 are numbers too, and nobody orders like that.
  if (!/^\s*\d+\s*$/.test(line.quantity) || quantity < 1)
    return 'Order a whole number of at least 1.';
  if (quantity > quantityMax) return `Order at most ${count(quantityMax)} of a product.`;
  const twins = lines.filter(({ sku }) => sku === line.sku);
  if (twins.length > 1 && twins[0] !== line) return 'This product has a line already.';
  return undefined;
}

export const isValid = (draft: Draft): boolean =>
  draft.customerId !== '' &&
  draft.lines.length > 0 &&
  draft.lines.every((line) => lineProblem(line, draft.lines) === undefined);

/** Undefined while a line is wrong: what such an order costs means nothing. */
export function totalOf(draft: Draft, products: readonly Product[]): number | undefined {
  if (draft.lines.some((line) => lineProblem(line, draft.lines) !== undefined)) return undefined;
  return draft.lines.reduce((sum, { sku, quantity }) => {
    const price = products.find((product) => product.sku === sku)?.unitPrice ?? 0;
    return sum + price * Number(quantity);
  }, 0);
}

/** What will probably come of it: not an error, since refusals are worth watching. An order that cannot be placed has none. */
export function forecast(
  draft: Draft,
  products: readonly Product[],
  account: Account | undefined,
): string | undefined {
  const total = totalOf(draft, products);
  if (total === undefined) return undefined;
  const short = draft.lines.find(({ sku, quantity }) => {
    const product = products.find((candidate) => candidate.sku === sku);
    return product && Number(quantity) > product.onHand - product.reserved;
  });
  if (short)
    return `Inventory will say no: not that many of ${short.sku} are left. The saga walks back.`;
  if (account && total > account.paymentLimit) {
    return `Payment will say no: this is over ${account.customerId}'s limit. The saga walks back.`;
  }
  return undefined;
}
