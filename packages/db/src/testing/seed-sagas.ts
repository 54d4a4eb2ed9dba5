import type { Queryable } from '../tx/index.ts';

/** Sagas of one kind among those that are seeded. */
export interface SeedKind {
  /** How many of them for one of the others' shares. */
  readonly share: number;
  readonly style: 'orchestration' | 'choreography';
  readonly status: string;
  /** As the store would have written it. */
  readonly summary: object;
}

export interface Seed {
  readonly count: number;
  readonly definition: string;
  readonly version: number;
  readonly kinds: readonly SeedKind[];
  /** Whom they concern, in turn. */
  readonly subjects: readonly string[];
  /** All of them are found, and taken away again, by it. */
  readonly correlationId: string;
}

const ended = ['completed', 'compensated', 'resolved'];

/** Of one statement: sessions bound their transactions in time. */
const partSize = 20_000;

/**
 * Rows as so many sagas would have left them, set-based: a list neither knows nor cares that they have
 * no logs. Ids are time-ordered as real ones are; the newest is a minute old.
 */
export async function seedSagas(db: Queryable, seed: Seed): Promise<void> {
  for (let from = 1; from <= seed.count; from += partSize) {
    await seedPart(db, seed, from, Math.min(seed.count, from + partSize - 1));
  }
}

async function seedPart(db: Queryable, seed: Seed, from: number, to: number): Promise<void> {
  const places = seed.kinds.flatMap((kind, index) =>
    Array.from({ length: kind.share }, () => index + 1),
  );
  await db.query(
    `insert into saga.instance (id, definition, version, style, status, input, summary, seq, business_key,
                                subject, correlation_id, created_at, updated_at, finished_at)
     select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(chance, 1, 3) ||
             '8' || substr(chance, 4, 15))::uuid,
            $2, $3, ($4::text[])[kind], ($5::text[])[kind],
            jsonb_build_object('orderId', key, 'customerId', subject, 'total', 1000 + n % 90000, 'lines',
              jsonb_build_array(jsonb_build_object('sku', 'WAL-TRAY-02', 'quantity', 1 + n % 3, 'unitPrice', 4900))),
            (($6::text[])[kind])::jsonb, 12, key, subject, $9, at, at + interval '1 second',
            case when ($5::text[])[kind] = any($10::text[]) then at + interval '1 second' end
       from (select n, md5(n::text) as chance, md5('order' || n)::uuid::text as key,
                    ($7::int[])[1 + (n * 7919) % cardinality($7::int[])] as kind,
                    ($8::text[])[1 + n % cardinality($8::text[])] as subject,
                    clock_timestamp() - interval '1 minute' - n * interval '100 milliseconds' as at
               from generate_series($1::int, $11::int) n) seeded`,
    [
      from,
      seed.definition,
      seed.version,
      seed.kinds.map(({ style }) => style),
      seed.kinds.map(({ status }) => status),
      seed.kinds.map(({ summary }) => JSON.stringify(summary)),
      places,
      seed.subjects,
      seed.correlationId,
      ended,
      to,
    ],
  );
}
