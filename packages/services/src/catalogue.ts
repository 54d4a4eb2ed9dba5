import type { ServiceDatabases } from './databases.ts';
import { RequestError } from './errors.ts';

/** A product as it stands; `unitPrice` in minor units, `reserved` of `onHand` are promised to orders. */
export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: number;
  readonly onHand: number;
  readonly reserved: number;
}

type Inventory = Pick<ServiceDatabases, 'inventory'>;

const columns = `sku, name, unit_price as "unitPrice", on_hand as "onHand", reserved`;

/** Most pieces of one product: a sum of two stays inside an integer. */
export const onHandMax = 1_000_000_000;

/** The whole catalogue, by sku. */
export function listProducts({ inventory }: Inventory): Promise<Product[]> {
  return inventory.query<Product>(`select ${columns} from stock order by sku`);
}

/**
 * Goods have come in.
 *
 * @throws RequestError `INVALID_QUANTITY`, `UNKNOWN_SKU`
 */
export async function receiveGoods(
  { inventory }: Inventory,
  { sku, quantity }: { readonly sku: string; readonly quantity: number },
): Promise<Product> {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > onHandMax) {
    throw new RequestError(
      'INVALID_QUANTITY',
      `Receive a whole number of pieces from 1 to ${onHandMax}, not ${quantity}.`,
    );
  }
  const [product] = await inventory.query<Product>(
    `update stock set on_hand = on_hand + $2::int
      where sku = $1 and on_hand + $2::int <= $3::int returning ${columns}`,
    [sku, quantity, onHandMax],
  );
  if (product) return product;
  const [known] = await inventory.query<{ on_hand: number }>(
    'select on_hand from stock where sku = $1',
    [sku],
  );
  if (!known) throw unknownSkus([sku]);
  throw new RequestError(
    'INVALID_QUANTITY',
    `There are ${known.on_hand} of ${sku}; ${quantity} more would be over ${onHandMax}.`,
  );
}

/**
 * Today's unit prices (minor units) by sku.
 *
 * @throws RequestError `UNKNOWN_SKU` that names every sku the catalogue does not have
 */
export async function pricesOf(
  { inventory }: Inventory,
  skus: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await inventory.query<{ sku: string; unit_price: number }>(
    'select sku, unit_price from stock where sku = any($1::text[])',
    [skus],
  );
  const prices = new Map(rows.map((row) => [row.sku, row.unit_price]));
  const unknown = skus.filter((sku) => !prices.has(sku));
  if (unknown.length > 0) throw unknownSkus(unknown);
  return prices;
}

function unknownSkus(skus: readonly string[]): RequestError {
  return new RequestError('UNKNOWN_SKU', `The catalogue does not have ${skus.join(', ')}.`);
}
