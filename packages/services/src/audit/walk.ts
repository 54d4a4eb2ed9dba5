import type { Pool } from '@counterstep/db/tx';
import type { Books } from './read.ts';

/** Sagas read at once: each read stays in the range of ten milliseconds. */
const chunk = 500;

const lowest = '00000000-0000-0000-0000-000000000000';

/**
 * All saga ids that anybody knows, in ascending chunks. Every table is asked, so that a row whose saga
 * does not exist is found too.
 */
export async function* walkSagas({ databases, saga }: Books): AsyncGenerator<string[]> {
  const sources: readonly Source[] = [
    [saga, 'select id from saga.instance where id > $1 order by id limit $2'],
    ...Object.entries(tables).flatMap(([service, names]) =>
      names.map((name) => [databases[service as keyof typeof tables], idsOf(name)] as const),
    ),
  ];
  let after: string | undefined = lowest;
  while (after !== undefined) {
    const from: string = after;
    const pages: string[][] = await Promise.all(sources.map((source) => page(source, from)));
    // Beyond the end of a full page its table may hold ids that have not been read yet.
    const ends = pages.flatMap((ids) => (ids.length === chunk ? ids.slice(-1) : []));
    const upTo: string | undefined = ends.toSorted()[0];
    const known = [...new Set(pages.flat())].toSorted();
    const within = upTo === undefined ? known : known.filter((id) => id <= upTo);
    if (within.length > 0) yield within;
    after = upTo;
  }
}

type Source = readonly [Pool, string];

async function page([pool, sql]: Source, after: string): Promise<string[]> {
  const rows = await pool.query<{ id: string }>(sql, [after, chunk]);
  return rows.map((row) => row.id);
}

const tables = {
  order: ['effect', 'customer_order'],
  inventory: ['effect', 'reservation'],
  payment: ['effect', 'payment'],
  shipment: ['effect', 'shipment'],
} as const;

const idsOf = (table: string): string =>
  `select distinct saga_id as id from ${table} where saga_id > $1 order by saga_id limit $2`;
