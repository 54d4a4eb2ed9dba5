import { money, plural } from '@/lib/format.ts';
import { memberOf, textOf } from './event-data.ts';

/** What an operation's answer says was done, in a few words; empty for answers of other systems. */
export function effectWords(operation: string, output: unknown): string {
  switch (operation) {
    case 'order.create':
      return 'order placed';
    case 'order.confirm':
      return 'order confirmed';
    case 'order.cancel':
      return 'order cancelled';
    case 'inventory.reserve':
      return pieces(output, 'held');
    case 'inventory.release':
      return pieces(output, 'free again');
    case 'payment.charge':
      return amount(output, 'captured');
    case 'payment.refund':
      return amount(output, 'returned');
    case 'shipment.initiate':
      return textOf(output, 'trackingCode');
    default:
      return '';
  }
}

function pieces(output: unknown, word: string): string {
  const lines = memberOf(output, 'lines');
  if (!Array.isArray(lines)) return `stock ${word}`;
  const sum = lines.reduce<number>(
    (total, line) => total + Number(memberOf(line, 'quantity') ?? 0),
    0,
  );
  return `${plural(sum, 'piece')} ${word}`;
}

function amount(output: unknown, word: string): string {
  const value = memberOf(output, 'amount');
  return typeof value === 'number' ? `${money(value)} ${word}` : `money ${word}`;
}
