import type { Pool } from '@counterstep/db/tx';

/** What a table has become under load. */
export interface TableState {
  readonly name: string;
  readonly live: number;
  readonly dead: number;
  readonly inserted: number;
  readonly updated: number;
  /** Of the updates: those that touched no index. */
  readonly hot: number;
  readonly deleted: number;
  readonly vacuums: number;
  readonly heapKb: number;
  readonly indexKb: number;
}

/** Sizes and dead rows of tables, `schema.name` each, as Postgres counts them. */
export function readTables(pool: Pool, names: readonly string[]): Promise<TableState[]> {
  return pool.query<TableState>(
    `select schemaname || '.' || relname as name, n_live_tup::int as live, n_dead_tup::int as dead,
            n_tup_ins::int as inserted, n_tup_upd::int as updated, n_tup_hot_upd::int as hot,
            n_tup_del::int as deleted, autovacuum_count::int as vacuums,
            (pg_table_size(relid) / 1024)::int as "heapKb", (pg_indexes_size(relid) / 1024)::int as "indexKb"
       from pg_stat_user_tables where schemaname || '.' || relname = any($1::text[])
      order by array_position($1::text[], schemaname || '.' || relname)`,
    [names],
  );
}

export function printTables(tables: readonly TableState[]): void {
  const cell = (value: number) => String(value).padStart(10);
  const heads = ['live', 'dead', 'inserted', 'updated', 'hot', 'deleted', 'vacuums', 'heap KB'];
  console.log(
    `${''.padEnd(24)}${[...heads, 'index KB'].map((head) => head.padStart(10)).join('')}`,
  );
  for (const { name, ...numbers } of tables) {
    console.log(`${name.padEnd(24)}${Object.values(numbers).map(cell).join('')}`);
  }
}
