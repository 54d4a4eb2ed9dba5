import type { Pool } from '@counterstep/db/tx';

interface Index {
  readonly dropSql: string;
  readonly createSql: string;
}

/**
 * Does something to tables that have no index meanwhile, their keys among them: to build one in the end
 * takes a fraction of the time that it takes to enter millions of rows one by one. Nobody else may be
 * at work on the tables; where it fails they are left without.
 */
export async function withoutIndexes(
  owner: Pool,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const indexes = await owner.query<Index>(
    `select case when c.conname is null then format('drop index %s', i.indexrelid::regclass)
                 else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname)
            end as "dropSql",
            case when c.conname is null then pg_get_indexdef(i.indexrelid)
                 else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname,
                             pg_get_constraintdef(c.oid))
            end as "createSql"
       from pg_index i left join pg_constraint c on c.conindid = i.indexrelid
      where i.indrelid = any($1::text[]::regclass[])`,
    [tables],
  );
  for (const { dropSql } of indexes) await owner.query(dropSql);
  await work();
  for (const { createSql } of indexes) await owner.query(createSql);
}
