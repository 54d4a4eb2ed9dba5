import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { ConnectionLostError, endsConnection } from './errors.ts';
import { encode } from './params.ts';
import type { Param, Tx } from './tx.ts';

export interface ConnectionOptions {
  readonly url: string;
  /** Role to act as; the URL's user must be a member of it. */
  readonly role?: string;
  readonly searchPath: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /**
   * All statements are look-ups by key. A plan is cached on a connection while its tables are small,
   * and would go on reading them as a whole when they have grown (measured: docs/adr/0004).
   */
  readonly lookupsOnly?: boolean;
  /** Limits on the server's side; a stopped process that holds a row must not stop everyone. */
  readonly lockTimeoutMs?: number;
  readonly statementTimeoutMs?: number;
  readonly idleInTransactionMs?: number;
  /** Default: six seconds, and longer than a statement of its own may take where that has a limit. */
  readonly transactionTimeoutMs?: number;
}

/** Rows with the command tag of the statement that gave them. */
type Answer<R> = R[] & { command: string };

/**
 * One connection, from its opening to its end; it never reconnects. Two traps of postgres.js close
 * this way: `begin()` may hand its connection to somebody else when BEGIN fills a pipeline (its
 * issues 823 and 1189), and after a lost connection statements still queued would run on the next
 * one, outside their transaction.
 */
export interface Session {
  readonly alive: boolean;
  /** The server has said its last word; what is sent from now on, it does not read. */
  readonly isLeft: boolean;
  /** Sends at once, in order with what was sent before, without waiting for the answers in between. */
  send<R extends object>(text: string, params?: readonly Param[]): Promise<Answer<R>>;
  /** The same for statements without parameters, several in one message, none of them prepared. */
  sendPlain(text: string): Promise<unknown>;
  end(): Promise<void>;
}

const connectTimeoutMs = 5_000;
const asIs = (text: string): string => text;
const asDate = (text: string): Date => new Date(text);

export function openSession(options: ConnectionOptions): Session {
  let alive = true;
  let isLeft = false;
  let opened = false;
  /** Why there never was a connection: says more than that the statement was given up. */
  let unreachable: unknown;

  // Rejects everything still queued; without it those statements would wait for ever.
  const retire = () => {
    if (!alive) return;
    alive = false;
    void sql.end({ timeout: 0 });
  };
  // `socket` is read by postgres.js though its types do not list it.
  const settings = {
    max: 1,
    // A lifetime would end the connection between two statements of a transaction.
    max_lifetime: null,
    fetch_types: false,
    // Times are text already (`encode`): the driver's own way of writing them fails after what follows is sent.
    types: { date: { to: 1184, from: [1082, 1114, 1184], serialize: asIs, parse: asDate } },
    onnotice: () => undefined,
    onclose: retire,
    connection: startupParameters(options),
    socket: async (target: Target) => {
      // postgres.js reconnects without `onclose` when a connection ends politely while it is opened.
      if (opened) {
        retire();
        throw new ConnectionLostError('This connection has ended.');
      }
      opened = true;
      try {
        const socket = await openSocket(target);
        socket.once('end', () => (isLeft = true));
        return socket;
      } catch (error) {
        unreachable = error;
        retire();
        throw error;
      }
    },
  };
  const sql = postgres(options.url, settings);

  /**
   * A statement that is new to its connection is prepared in a round trip of its own. A client that
   * stops in the middle of it looks busy to the server, so that neither of the other limits ends it.
   */
  let isLimited = false;
  function limitTransactions(): void {
    if (isLimited) return;
    isLimited = true;
    const ms =
      options.transactionTimeoutMs ?? Math.max(6_000, (options.statementTimeoutMs ?? 0) + 1_000);
    sql
      .unsafe(limitSql(ms, false))
      .execute()
      .catch(() => undefined);
  }

  /** Sends now; async functions would send in the order in which their turn comes. */
  function inTurn<T>(send: () => Promise<T>): Promise<T> {
    if (!alive) return Promise.reject(new ConnectionLostError('The connection was lost.'));
    limitTransactions();
    return send().catch((error: unknown) => {
      // The statement hears of a reset before the connection says that it has closed.
      if (endsConnection(error)) retire();
      throw unreachable ?? error;
    });
  }

  return {
    get alive() {
      return alive;
    },
    get isLeft() {
      return isLeft || !alive;
    },
    send: <R extends object>(text: string, params: readonly Param[] = []) =>
      inTurn(() => sql.unsafe<R[]>(text, params.map(encode), { prepare: true }).execute()),
    sendPlain: (text) => inTurn(() => sql.unsafe(text).simple().execute()),
    async end() {
      alive = false;
      await sql.end({ timeout: 5 });
    },
  };
}

/** Servers before 17 do not know the limit. */
function limitSql(ms: number, isLocal: boolean): string {
  return `select set_config('transaction_timeout', '${ms}', ${isLocal})
           where current_setting('server_version_num')::int >= 170000`;
}

/** Lets one transaction be idle for longer, and take twice as long as that in all. */
export async function allowLonger(tx: Tx, idleMs: number): Promise<void> {
  await Promise.all([
    tx.query(`select set_config('idle_in_transaction_session_timeout', '${idleMs}', true)`),
    tx.query(limitSql(2 * idleMs, true)),
  ]);
}

interface Target {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string;
}

function openSocket({ host, port, path }: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = path ? connect(path) : connect(Number(port[0]), host[0]);
    const timer = setTimeout(
      () => socket.destroy(new Error(`No answer from Postgres within ${connectTimeoutMs} ms.`)),
      connectTimeoutMs,
    );
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error').setNoDelay(true);
      // postgres.js reads the name for TLS from here.
      resolve(Object.assign(socket, { host: host[0], port: port[0] }));
    });
  });
}

function startupParameters(options: ConnectionOptions): Record<string, string> {
  return {
    application_name: options.applicationName,
    search_path: options.searchPath,
    ...(options.role && { role: options.role }),
    ...(options.lookupsOnly && { enable_seqscan: 'off' }),
    jit: 'off',
    lock_timeout: String(options.lockTimeoutMs ?? 1_000),
    statement_timeout: String(options.statementTimeoutMs ?? 5_000),
    idle_in_transaction_session_timeout: String(options.idleInTransactionMs ?? 1_000),
  };
}
