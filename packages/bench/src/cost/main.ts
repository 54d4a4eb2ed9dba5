import { createPool, type Pool } from '@counterstep/db/tx';
import { readCommandLine } from '../../../../scripts/command-line/command.ts';
import { names, text, wholeNumber } from '../../../../scripts/command-line/option.ts';
import type { Contender } from '../contenders/contender.ts';
import { openContender, own } from '../contenders/index.ts';
import { startStack } from '../stack.ts';
import { processMs, residentBytes, serverMs } from './cpu.ts';

// What one saga costs: CPU of the worker and of Postgres, statements, commits, WAL, dead rows. One contender
// after another on one stack; a first launch, not counted, lets caches and plans settle.

const values = readCommandLine({
  name: 'pnpm bench:cost',
  does: 'what one order costs in CPU, statements, commits, WAL and dead rows',
  options: {
    only: names('some of the engines', own),
    count: wholeNumber('orders that are counted, of each (5000)'),
    statements: wholeNumber('statements to list, those that take the most time first (0)', {
      from: 0,
    }),
    profile: text('FOLDER', 'gets CPU profiles of the worker'),
    workers: wholeNumber('worker processes, of launched orders (1)', { to: 16 }),
  },
});
const count = values.count ?? 5_000;
const only = values.only ?? own;
const listed = values.statements ?? 0;
const processes = values.workers ?? 1;

interface Reading {
  /** Of all worker processes. */
  readonly workerMs: number;
  readonly postgresMs: number;
  readonly benchMs: number;
  readonly commits: number;
  readonly walBytes: number;
  readonly statements: number;
  /** Versions of rows that updates and deletes have left for vacuum. */
  readonly deadRows: number;
}

const stack = await startStack({
  settings: { shared_preload_libraries: 'pg_stat_statements', track_functions: 'none' },
  workerArgs: values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [],
});
const admin = createPool({
  url: stack.url,
  searchPath: 'public',
  applicationName: 'bench cost',
  size: 1,
});
try {
  await admin.query('create extension pg_stat_statements');
  const [{ pid: backend } = { pid: Number.NaN }] = await admin.query<{ pid: number }>(
    'select pg_backend_pid() as pid',
  );
  for (const name of only) {
    const workers = await Promise.all(Array.from({ length: processes }, () => stack.forkWorker()));
    const contender = await openContender(stack, name);
    const pids = contender.pid ? [contender.pid] : workers.map(({ pid }) => pid ?? Number.NaN);
    // Every process begins cold.
    for (const _ of pids) await contender.run(Math.min(count, 500));
    await admin.query('select pg_stat_statements_reset()');
    const before = await read(admin, pids, backend);
    const rate = await contender.run(count);
    const after = await read(admin, pids, backend);
    print(contender, rate, before, after, Math.max(...pids.map(residentBytes)));
    if (listed > 0) await printStatements(admin, count * (contender.passes ?? 1));
    await contender.check?.();
    await stack.endWorkers();
  }
} finally {
  await admin.end();
  await stack.stop();
}

async function read(db: Pool, workers: readonly number[], backend: number): Promise<Reading> {
  const [row] = await db.query<{ commits: number; dead: number; wal: number; statements: number }>(
    `select (select sum(xact_commit) from pg_stat_database)::float8 as commits,
            (select sum(tup_updated + tup_deleted) from pg_stat_database)::float8 as dead,
            (select wal_bytes from pg_stat_wal)::float8 as wal,
            (select coalesce(sum(calls), 0) from pg_stat_statements)::float8 as statements`,
  );
  const { user, system } = process.cpuUsage();
  return {
    workerMs: workers.reduce((sum, pid) => sum + processMs(pid), 0),
    postgresMs: serverMs(backend),
    benchMs: (user + system) / 1_000,
    commits: row?.commits ?? 0,
    walBytes: row?.wal ?? 0,
    deadRows: row?.dead ?? 0,
    statements: row?.statements ?? 0,
  };
}

function print(
  { name, passes = 1 }: Contender,
  rate: number,
  before: Reading,
  after: Reading,
  memory: number,
): void {
  const each = (what: keyof Reading, digits: number) =>
    ((after[what] - before[what]) / (count * passes)).toFixed(digits);
  console.log(
    `${name}: ${rate.toFixed(0)} sagas/s; a saga: worker ${each('workerMs', 2)} ms, Postgres ` +
      `${each('postgresMs', 2)} ms, bench ${each('benchMs', 2)} ms; ${each('statements', 2)} statements, ` +
      `${each('commits', 2)} commits, ${each('walBytes', 0)} bytes of WAL, ${each('deadRows', 2)} dead rows; worker ` +
      `${(memory / 1e6).toFixed(0)} MB`,
  );
}

async function printStatements(db: Pool, sagas: number): Promise<void> {
  const rows = await db.query<{ calls: number; ms: number; rows: number; query: string }>(
    `select calls::float8, total_exec_time + total_plan_time as ms, rows::float8,
            regexp_replace(query, '\\s+', ' ', 'g') as query
       from pg_stat_statements order by 2 desc limit $1`,
    [listed],
  );
  for (const { calls, ms, rows: touched, query } of rows) {
    const cost = (ms / sagas).toFixed(3);
    console.log(`  ${cost} ms a saga, ${calls} calls, ${touched} rows: ${query.slice(0, 140)}`);
  }
}
