import { PoolExhaustedError } from './errors.ts';
import { retryInfrastructure } from './retry.ts';
import { type ConnectionOptions, openSession, type Session } from './session.ts';
import { runTransaction } from './transaction.ts';
import type { Param, Pool, Tx } from './tx.ts';

export interface PoolOptions extends ConnectionOptions {
  /** Connections at the most; each is opened when first needed. Default 8. */
  readonly size?: number;
  /** How long a caller waits for a free connection before it gets a `PoolExhaustedError`. Default 2 000. */
  readonly acquireTimeoutMs?: number;
}

interface Waiter {
  readonly resolve: (session: Session) => void;
  readonly timer: NodeJS.Timeout;
}

/** Hands out whole connections, first come, first served. */
export function createPool(options: PoolOptions): Pool {
  const size = options.size ?? 8;
  const acquireTimeoutMs = options.acquireTimeoutMs ?? 2_000;
  const idle: Session[] = [];
  const open = new Set<Session>();
  const waiters: Waiter[] = [];
  let ended: Promise<void> | undefined;

  function openNew(): Session {
    const session = openSession(options);
    open.add(session);
    return session;
  }

  /** The server has ended it, or is about to; nobody else may come to it. */
  function forget(session: Session): void {
    open.delete(session);
    if (session.alive) void session.end();
  }

  function nextIdle(): Session | undefined {
    for (;;) {
      // Last in, first out: the warm connections, with their prepared statements, do the work.
      const session = idle.pop();
      if (!session || !session.isLeft) return session;
      forget(session);
    }
  }

  function acquire(): Promise<Session> {
    if (ended) return Promise.reject(new Error(`The pool "${options.applicationName}" has ended.`));
    const session = nextIdle() ?? (open.size < size ? openNew() : undefined);
    if (session) return Promise.resolve(session);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(
          new PoolExhaustedError(
            `All ${size} connections of "${options.applicationName}" stayed busy for ${acquireTimeoutMs} ms.`,
          ),
        );
      }, acquireTimeoutMs);
      const waiter = { resolve, timer };
      waiters.push(waiter);
    });
  }

  function release(session: Session): void {
    if (session.isLeft) forget(session);
    const waiter = waiters.shift();
    if (waiter) {
      clearTimeout(waiter.timer);
      waiter.resolve(session.isLeft ? openNew() : session);
    } else if (!session.isLeft) {
      idle.push(session);
    }
  }

  async function withSession<T>(use: (session: Session) => Promise<T>): Promise<T> {
    const session = await acquire();
    try {
      return await use(session);
    } finally {
      release(session);
    }
  }

  return {
    query: <R extends object>(text: string, params?: readonly Param[]) =>
      withSession<R[]>((session) => session.send<R>(text, params)),
    transaction: <T>(run: (tx: Tx) => Promise<T>) =>
      retryInfrastructure(() => withSession((session) => runTransaction(session, run))),
    end() {
      ended ??= Promise.all([...open].map((session) => session.end())).then(() => undefined);
      return ended;
    },
  };
}
