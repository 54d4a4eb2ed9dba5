import { randomBytes } from 'node:crypto';
import { openSingle } from '../tx/single.ts';
import { clusterVariable, templateName, withDatabase } from './cluster.ts';

export interface TestDatabase {
  readonly url: string;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

/** A migrated database of its own, copied from the template of the run's cluster. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = process.env[clusterVariable];
  if (!cluster) {
    throw new Error(
      'There is no test cluster. Name the file *.integration.test.ts, so that the project ' +
        '"integration" starts one before it.',
    );
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(cluster, `create database ${name} template ${templateName}`);
  return {
    url: withDatabase(cluster, name),
    drop: () => administer(cluster, `drop database if exists ${name} with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const sql = openSingle(url);
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
