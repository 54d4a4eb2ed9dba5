import type { Pool } from '@counterstep/db/tx';
import { ask } from '../ask.ts';
import type { Violation } from '../types.ts';

export const stockReserved = {
  name: 'stock-reserved',
  description:
    'What each product has reserved is the sum of its held reservations, and not more than there is.',
} as const;

interface LevelRow {
  readonly sku: string;
  readonly on_hand: number;
  readonly reserved: number;
  readonly held: number;
}

/**
 * One statement for all products: reserved and held are of the same moment, so no saga in motion can
 * look broken here. It reads the reservations once; an index by sku would cost every order a write.
 */
export async function checkStock(
  inventory: Pool,
): Promise<{ readonly rows: number; readonly violations: Violation[] }> {
  const rows = await ask<LevelRow>(
    inventory,
    'all reservations',
    `select sku, coalesce(s.on_hand, 0) as on_hand, coalesce(s.reserved, 0) as reserved,
            coalesce(h.held, 0)::int as held
       from stock s
       full join (select sku, sum(quantity) as held from reservation
                   where status = 'held' group by sku) h using (sku)`,
  );
  const violations = rows.flatMap(({ sku, on_hand: onHand, reserved, held }) => [
    ...(reserved === held
      ? []
      : [{ detail: `${sku}: ${reserved} are reserved, ${held} are held.` }]),
    ...(reserved >= 0 && reserved <= onHand
      ? []
      : [{ detail: `${sku}: ${reserved} are reserved of ${onHand} on hand.` }]),
  ]);
  return { rows: rows.length, violations };
}
