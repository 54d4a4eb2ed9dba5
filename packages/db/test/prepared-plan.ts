import type { Param, Tx } from '../src/tx/index.ts';
import { encode } from '../src/tx/params.ts';

/**
 * How Postgres plans a prepared statement: for the values of this time, or once for any values. It
 * begins with the first kind and goes on with the second where that looks as cheap.
 */
export const planKinds = ['custom', 'generic'] as const;
export type PlanKind = (typeof planKinds)[number];

interface Planned {
  readonly generic: string;
  readonly custom: string;
}

/**
 * Carries a statement out as a prepared one and tells its plan. A plain `explain` with parameters
 * always sees their values, whatever `plan_cache_mode` says.
 *
 * @throws when the plan was not of that kind, or had no root
 */
export async function explainPrepared<Node>(
  tx: Tx,
  kind: PlanKind,
  sql: string,
  params: readonly Param[],
): Promise<Node> {
  await tx.query(`set local plan_cache_mode = force_${kind}_plan`);
  await tx.query(`prepare explained as ${sql}`);
  const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, format json) execute explained (${params.map(literal).join(', ')})`,
  );
  const [planned] = await tx.query<Planned>(
    `select generic_plans as generic, custom_plans as custom
       from pg_prepared_statements where name = 'explained'`,
  );
  await tx.query('deallocate explained');
  if (!row || Number(planned?.[kind]) !== 1) throw new Error(`The plan was not ${kind}.`);
  return row['QUERY PLAN'][0].Plan;
}

/** What is executed by name takes no parameters of its own. */
function literal(param: Param): string {
  const value = encode(param);
  return value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
}
