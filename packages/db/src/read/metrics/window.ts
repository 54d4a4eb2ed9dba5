import type { Queryable } from '../../tx/index.ts';

/** How far back a chart looks, and how its axis is divided. */
export const metricWindows = {
  '15m': { spanSeconds: 900, stepSeconds: 10, alignSeconds: 10 },
  '1h': { spanSeconds: 3_600, stepSeconds: 30, alignSeconds: 30 },
  // Quarters of an hour, but an end that moves every minute.
  '24h': { spanSeconds: 86_400, stepSeconds: 900, alignSeconds: 60 },
} as const;

export type MetricWindow = keyof typeof metricWindows;

/** The stretch of time of one answer: whole steps, up to the last that is over. */
export interface Range {
  readonly from: Date;
  readonly to: Date;
  readonly stepSeconds: number;
  readonly steps: number;
}

/** Ends by the database's clock, since all times that are counted are its own. */
export async function rangeOf(db: Queryable, window: MetricWindow): Promise<Range> {
  const { spanSeconds, stepSeconds, alignSeconds } = metricWindows[window];
  const [row] = await db.query<{ to: Date }>(
    `select to_timestamp(floor(extract(epoch from clock_timestamp()) / $1::int) * $1::int) as "to"`,
    [alignSeconds],
  );
  if (!row) throw new Error('The database did not tell its time.');
  const from = new Date(row.to.getTime() - spanSeconds * 1_000);
  return { from, to: row.to, stepSeconds, steps: spanSeconds / stepSeconds };
}

/** Milliseconds as a double: `extract` counts in numerics, which takes twice as long over 100 000 rows. */
export const millisSql = (interval: string): string => `date_part('epoch', ${interval}) * 1000`;

/** The step of a range that a moment is in, as SQL; `$1` is its start, `$3` the length of a step. */
export const stepOf = (column: string): string =>
  `floor(${millisSql(`${column} - $1::timestamptz`)} / ($3::int * 1000))::int`;
