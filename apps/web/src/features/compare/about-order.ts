import { money } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';

const shownLines = 2;

/** Who ordered what, in one line; of another definition, whom it concerns. */
export function aboutOrder({
  input,
  subject,
  definition,
}: Pick<SagaRow, 'input' | 'subject' | 'definition'>): string {
  const order = readOrder(input);
  if (!order) return subject ? `${subject}, ${definition}` : definition;
  const lines = order.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`);
  const more = lines.length > shownLines ? ` and ${lines.length - shownLines} more` : '';
  return `${order.customerId} ${money(order.total)}, ${lines.slice(0, shownLines).join(', ')}${more}`;
}
