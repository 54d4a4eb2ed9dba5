import { createPool } from '@counterstep/db/tx';
import { services } from './services.ts';
import { type DatabaseUrls, urlOf } from './services.ts';
import { seedAccounts, seedProducts } from './seed-data.ts';

/** Puts catalogue and customers in. What is there already stays as it is: stock is never reset. */
export async function seedCatalogue(urls: DatabaseUrls): Promise<void> {
  const open = (service: 'inventory' | 'payment') =>
    createPool({
      url: urlOf(urls, service),
      role: services[service].role,
      searchPath: services[service].schema,
      applicationName: `counterstep seed ${service}`,
      size: 1,
    });
  const inventory = open('inventory');
  const payment = open('payment');
  try {
    await inventory.query(
      `insert into stock (sku, name, unit_price, on_hand)
       select * from unnest($1::text[], $2::text[], $3::int[], $4::int[])
       on conflict (sku) do nothing`,
      [
        seedProducts.map((product) => product.sku),
        seedProducts.map((product) => product.name),
        seedProducts.map((product) => product.unitPrice),
        seedProducts.map((product) => product.onHand),
      ],
    );
    await payment.query(
      `insert into account (customer_id, payment_limit) select * from unnest($1::text[], $2::int[])
       on conflict (customer_id) do nothing`,
      [
        seedAccounts.map((account) => account.customerId),
        seedAccounts.map((account) => account.paymentLimit),
      ],
    );
  } finally {
    await Promise.all([inventory.end(), payment.end()]);
  }
}
