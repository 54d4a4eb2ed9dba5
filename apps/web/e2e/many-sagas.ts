import { seedSagas, type SeedKind } from '@counterstep/db/testing';
import { createPool } from '@counterstep/db/tx';

const names = [
  'order.create',
  'inventory.reserve',
  'payment.charge',
  'shipment.initiate',
  'order.confirm',
];
const done = (upTo: number) =>
  Object.fromEntries(names.slice(0, upTo).map((name) => [name, ['succeeded', null]]));
const at = { step: 'payment.charge', direction: 'action', attempt: 2 };
const error = { code: 'UNAVAILABLE', message: '503 from provider' };
const orchestrated = { style: 'orchestration' } as const;
const kinds: readonly SeedKind[] = [
  { ...orchestrated, share: 560, status: 'completed', summary: { steps: done(5) } },
  { style: 'choreography', share: 300, status: 'completed', summary: { steps: done(5) } },
  { style: 'choreography', share: 80, status: 'compensated', summary: { steps: {} } },
  { ...orchestrated, share: 40, status: 'running', summary: { steps: done(2), at } },
  {
    ...orchestrated,
    share: 10,
    status: 'running',
    summary: { steps: done(2), at: { ...at, retryAt: '2030-01-01T00:00:00.000Z', error } },
  },
  {
    ...orchestrated,
    share: 6,
    status: 'stuck',
    summary: { steps: done(2), direction: 'action', at: { ...at, error }, doubt: [at.step] },
  },
  {
    ...orchestrated,
    share: 3,
    status: 'stuck',
    summary: { steps: done(4), direction: 'action', at: { ...at, step: 'order.confirm', error } },
  },
  { ...orchestrated, share: 1, status: 'resolved', summary: { steps: done(5) } },
];

const correlationId = 'seeded-list';

/** Sagas as so many orders would have left them; the returned function takes them away again. */
export async function seedMany(databaseUrl: string, count: number): Promise<() => Promise<void>> {
  const owner = createPool({
    url: databaseUrl,
    searchPath: 'saga',
    applicationName: 'seed',
    statementTimeoutMs: 60_000,
    transactionTimeoutMs: 60_000,
  });
  await seedSagas(owner, {
    count,
    definition: 'place-order',
    version: 1,
    kinds,
    subjects: ['seeded-cafe', 'seeded-inn', 'seeded-bakery', 'seeded-market'],
    correlationId,
  });
  return async () => {
    await owner.query('delete from saga.instance where correlation_id = $1', [correlationId]);
    await owner.end();
  };
}

/** Ways to look through a list: views, orders and searches that find many, one and none. */
export const filtersFor = (sagaId: string): readonly string[] => [
  'tab=all',
  'tab=active',
  'tab=stuck',
  'tab=retrying',
  'tab=unknown',
  'tab=compensated',
  'tab=resolved',
  'tab=completed&style=choreography',
  'tab=all&order=oldest',
  'tab=all&search=seeded-inn',
  'tab=stuck&search=seeded',
  'tab=all&search=needle',
  `tab=all&search=${sagaId.slice(-7)}`,
  'tab=all&search=nobody-at-all',
  'tab=all&definition=trip',
];
