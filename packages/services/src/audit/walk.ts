import type { Pool } from '@counterstep/db/tx';
import { ask } from './ask.ts';
import type { Books } from './read.ts';
import type { Stretch } from './selection.ts';

/** Rows of any one table in a stretch: its reads stay in the range of ten milliseconds each. */
const rowsMax = 2_000;

const lowest = '00000000-0000-0000-0000-000000000000';
const highest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * All saga ids there may be, in ascending stretches. Every table is asked how far a stretch may reach,
 * so that rows whose saga does not exist lie in short ones too.
 */
export async function* walkStretches({ databases, saga }: Books): AsyncGenerator<Stretch> {
  const sources: readonly Source[] = [
    [saga, endOf('saga.instance', 'id')],
    ...Object.entries(tables).flatMap(([service, names]) =>
      names.map((name) => [databases[service as keyof typeof tables], endOf(name)] as const),
    ),
  ];
  for (let after = lowest; after !== highest;) {
    const from = after;
    const ends = await Promise.all(sources.map((source) => endAfter(source, from)));
    const upTo = ends.flat().toSorted()[0] ?? highest;
    yield { after: from, upTo };
    after = upTo;
  }
}

type Source = readonly [Pool, string];

/** The id at which a full stretch of one table ends; none when fewer rows are left. */
async function endAfter([pool, sql]: Source, after: string): Promise<string[]> {
  const rows = await ask<{ id: string }>(pool, 'how many sagas there are', sql, [
    after,
    rowsMax - 1,
  ]);
  return rows.map((row) => row.id);
}

const tables = {
  order: ['effect', 'customer_order'],
  inventory: ['effect', 'reservation'],
  payment: ['effect', 'payment'],
  shipment: ['effect', 'shipment'],
} as const;

const endOf = (table: string, column = 'saga_id'): string =>
  `select ${column} as id from ${table} where ${column} > $1 order by ${column} offset $2 limit 1`;
