import type { Failure, Json, OperationContract } from '@counterstep/saga-core/participant';
import type { Statement, Tx } from '../tx/index.ts';

/** One command of a batch, as an operation sees it. */
export interface Call<Request> {
  readonly sagaId: string;
  readonly step: string;
  readonly request: Request;
  /** Compensations only: the stored output of the action that is to be undone. */
  readonly done: Json | undefined;
}

/** The verdict on one call. A rejection has no change: nothing of it is written but the "no". */
export type Decision<Response, Change> =
  | { readonly kind: 'applied'; readonly output: Response; readonly change: Change }
  | { readonly kind: 'rejected'; readonly error: Failure };

export const applied = <Response, Change>(
  output: Response,
  change: Change,
): Decision<Response, Change> => ({ kind: 'applied', output, change });

export const rejected = (
  code: string,
  message: string,
  details?: Json,
): Decision<never, never> => ({
  kind: 'rejected',
  error: details === undefined ? { code, message } : { code, message, details },
});

/**
 * The business part of an operation, over a batch of calls of different sagas. The barrier around it
 * deduplicates, refuses late and early calls, stores outcomes; none of that is written here.
 *
 * `State` is what the decisions need, loaded and locked once for the batch. `Change` is one call's effect.
 */
export interface Operation<Request, Response, State, Change> {
  readonly contract: OperationContract<Request, Response>;
  /** Set when this operation undoes another; a call then carries the action's stored output. */
  readonly compensates?: OperationContract;
  /**
   * Loads the state for the whole batch and locks the rows to be changed, in key order. All statements
   * must be issued before the first await: they travel in one round trip with the barrier's own.
   */
  load(tx: Tx, calls: readonly Call<Request>[]): Promise<State>;
  /** Pure: the same state and call give the same decision. */
  decide(state: State, call: Call<Request>): Decision<Response, Change>;
  /** Shows the change to the calls that follow in the batch; touches the loaded state only. */
  evolve(state: State, change: Change): void;
  /**
   * Pure: the statements that write all changes, set-based. They travel with COMMIT, so each says how
   * many rows it changes, and an insert does not pass over a row that is there: a concurrent batch was
   * faster then, and this one is run again.
   */
  write(changes: readonly Change[], state: State): readonly Statement[];
}

/** An operation with its types erased, as registries hold it. */
export interface AnyOperation {
  readonly contract: Pick<OperationContract, 'name' | 'service'>;
  load(tx: Tx, calls: readonly Call<never>[]): Promise<unknown>;
  decide(state: never, call: Call<never>): Decision<unknown, unknown>;
  evolve(state: never, change: never): void;
  write(changes: readonly never[], state: never): readonly Statement[];
}
