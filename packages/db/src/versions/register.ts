import { definitionKey, type SagaShape } from '@counterstep/saga-core/definition';
import { shapeOf, type StepShape } from '../read/shape.ts';
import type { Pool, Tx } from '../tx/index.ts';
import { definitionHash, differences } from './structure.ts';

/** A definition was changed under a version that sagas were started with. Starting again does not help. */
export class DefinitionChangedError extends Error {
  override readonly name = 'DefinitionChangedError';
}

/**
 * Stores the definitions that a worker runs, all or none. A version that no saga was ever started with
 * may change; of any other the structure stays as it is. Processes that start at once take turns.
 *
 * @throws DefinitionChangedError says which saga, what differs, and which version to give it
 */
export async function registerShapes(pool: Pool, definitions: readonly SagaShape[]): Promise<void> {
  await pool.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('counterstep definitions'))`);
    const stored = await readStored(tx, definitions);
    const refusals: string[] = [];
    for (const definition of definitions) {
      const before = stored.get(definitionKey(definition));
      // Stored before there were hashes: whatever runs now is what it has been.
      const isSame = !before?.hash || before.hash === definitionHash(definition);
      if (before && !isSame && (await hasSagas(tx, definition))) {
        refusals.push(refusalOf(definition, before.shape));
      }
    }
    if (refusals.length > 0) throw new DefinitionChangedError(refusals.join(' '));
    await store(tx, definitions);
  });
}

interface Stored {
  readonly shape: readonly StepShape[];
  readonly hash: string | null;
}

async function readStored(
  tx: Tx,
  definitions: readonly SagaShape[],
): Promise<ReadonlyMap<string, Stored>> {
  const rows = await tx.query<Stored & { key: string }>(
    `select name || '@' || version as key, shape, hash from saga.definition
      where name || '@' || version = any($1::text[])`,
    [definitions.map((definition) => definitionKey(definition))],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** Reads the table as a whole when there is none; asked only about a definition that has changed. */
async function hasSagas(tx: Tx, { name, version }: SagaShape): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from saga.instance where definition = $1 and version = $2 limit 1',
    [name, version],
  );
  return rows.length > 0;
}

function refusalOf(definition: SagaShape, before: readonly StepShape[]): string {
  const key = definitionKey(definition);
  const what = differences(before, shapeOf(definition)).join('; ');
  return (
    `The saga ${key} has changed, and there are instances of it that go by what it was: ${what}. ` +
    `Give the changed definition version ${definition.version + 1}, and keep ${key} as it was ` +
    'until its instances have ended.'
  );
}

async function store(tx: Tx, definitions: readonly SagaShape[]): Promise<void> {
  await tx.query(
    `insert into saga.definition (name, version, shape, hash)
     select name, version, shape::jsonb, hash
       from unnest($1::text[], $2::int[], $3::text[], $4::text[]) as d (name, version, shape, hash)
     on conflict (name, version) do update set shape = excluded.shape, hash = excluded.hash`,
    [
      definitions.map((d) => d.name),
      definitions.map((d) => d.version),
      definitions.map((d) => JSON.stringify(shapeOf(d))),
      definitions.map((d) => definitionHash(d)),
    ],
  );
}
