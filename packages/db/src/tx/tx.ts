/** A scalar or an array of scalars (for `unnest`). JSON goes as text and is cast: `$1::text::json`. */
export type Param = Scalar | readonly Scalar[];
export type Scalar = string | number | bigint | boolean | Date | null;

/** Rows as they arrive: int8 and xid8 as string, JSON parsed, timestamptz as Date. */
export type Row = Record<string, unknown>;

/** Something that runs SQL text with numbered parameters; each text is prepared once per connection. */
export interface Queryable {
  query<R extends object = Row>(text: string, params?: readonly Param[]): Promise<R[]>;
}

/** A statement whose answer nobody needs. */
export interface Statement {
  /** An insert, update or delete, without `returning`. */
  readonly text: string;
  readonly params: readonly Param[];
  /** How many rows it changes: with any other number all is rolled back. Absent: any will do. */
  readonly rows?: number;
}

/** An open transaction. Statements issued without awaiting in between are pipelined in that order. */
export interface Tx extends Queryable {
  /**
   * Keeps a statement until the transaction's function has returned; it then travels with COMMIT. That
   * is a round trip less, during which all that the transaction has locked would stay locked.
   */
  last(statement: Statement): void;
}

/** Connections to one database under one role. */
export interface Pool extends Queryable {
  /**
   * Runs the function in a transaction: commits when it returns, rolls back when it throws.
   * Failures of the infrastructure that have undone it (deadlock, connection lost before COMMIT …) are
   * repeated up to five times, so the function must be free of effects of its own.
   *
   * @throws CommitUnknownError when the connection broke while the commit was under way
   * @throws RowCountError when a last statement changed another number of rows than it was to
   */
  transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /** Closes all connections once their statements have ended. Idempotent. */
  end(): Promise<void>;
}
