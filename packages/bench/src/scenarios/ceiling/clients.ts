import { execFile, execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createPool } from '@counterstep/db/tx';

/** Something that sends the statements of a script, again and again, on several connections at once. */
export interface Clients {
  readonly name: string;
  /** Runs the script so often on each connection; scripts per second. */
  run(connections: number, times: number): Promise<number>;
  end(): Promise<void>;
}

export interface Script {
  readonly url: string;
  /** With $1, a time in ms, and $2, the number of the connection. */
  readonly statements: readonly string[];
  readonly folder: string;
}

/** pgbench where it is installed, else our own client. */
export async function openClients(script: Script): Promise<Clients> {
  return hasPgbench() ? openPgbench(script) : openPool(script);
}

function hasPgbench(): boolean {
  try {
    execFileSync('pgbench', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function openPgbench({ url, statements, folder }: Script): Promise<Clients> {
  const file = path.join(folder, 'ceiling.sql');
  const now = 'select (extract(epoch from clock_timestamp()) * 1000)::bigint as run \\gset';
  const lines = statements.map(
    (sql) => `${sql.replaceAll('$1', ':run').replaceAll('$2', ':client_id')};`,
  );
  await writeFile(file, [now, ...lines].join('\n'));
  const { password, ...target } = partsOf(url);
  return {
    name: 'pgbench',
    async run(connections, times) {
      const args = ['--no-vacuum', '--protocol=prepared', `--file=${file}`];
      const size = [`--client=${connections}`, `--transactions=${times}`, '--jobs=1'];
      const where = [`--host=${target.host}`, `--port=${target.port}`, `--username=${target.user}`];
      const { stdout } = await promisify(execFile)(
        'pgbench',
        [...args, ...size, ...where, target.database],
        { env: { ...process.env, PGPASSWORD: password, PGOPTIONS: '-c jit=off' } },
      );
      const [, perSecond] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
      const [, failed] = /^number of failed transactions: (\d+)/m.exec(stdout) ?? [];
      if (perSecond === undefined || (failed !== undefined && failed !== '0')) {
        throw new Error(`pgbench did not write all: ${stdout}`);
      }
      return Number(perSecond);
    },
    end: () => Promise.resolve(),
  };
}

function partsOf(url: string) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
  };
}

/** As little JavaScript as can be: texts that are prepared once, two numbers with each. */
function openPool({ url, statements }: Script): Clients {
  const pool = createPool({
    url,
    searchPath: 'public',
    applicationName: 'bench ceiling',
    size: 32,
  });
  return {
    name: "the product's own client",
    async run(connections, times) {
      const startedMs = performance.now();
      await Promise.all(
        Array.from({ length: connections }, async (_, connection) => {
          for (let time = 0; time < times; time += 1) {
            const ms = Date.now();
            for (const sql of statements) await pool.query(sql, [ms, connection]);
          }
        }),
      );
      return (connections * times) / ((performance.now() - startedMs) / 1_000);
    },
    end: () => pool.end(),
  };
}
