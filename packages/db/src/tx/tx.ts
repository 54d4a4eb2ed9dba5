/** A scalar or an array of scalars (for `unnest`). JSON goes as text and is cast: `$1::text::json`. */
export type Param = Scalar | readonly Scalar[];
export type Scalar = string | number | bigint | boolean | Date | null;

/** Rows as they arrive: int8 and xid8 as string, JSON parsed, timestamptz as Date. */
export type Row = Record<string, unknown>;

/** Something that runs SQL text with numbered parameters; each text is prepared once per connection. */
export interface Queryable {
  query<R extends object = Row>(text: string, params?: readonly Param[]): Promise<R[]>;
}

/** An open transaction. Statements issued without awaiting in between are pipelined in that order. */
export type Tx = Queryable;

/** Connections to one database under one role. */
export interface Pool extends Queryable {
  /**
   * Runs the function in a transaction: commits when it returns, rolls back when it throws.
   * Failures of the infrastructure before the commit was sent (deadlock, lost connection …) are
   * repeated up to five times, so the function must be free of effects of its own.
   *
   * @throws CommitUnknownError when the connection broke while the commit was under way
   */
  transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Closes all connections once their statements have ended. Idempotent. */
  end(): Promise<void>;
}
