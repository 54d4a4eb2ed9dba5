import { type Command, failureOf, hashOf, type Outcome } from '@counterstep/saga-core/participant';
import {
  codeOf,
  CommitUnknownError,
  isInfrastructure,
  type Pool,
  RowCountError,
  uniqueViolation,
} from '../tx/index.ts';
import { runBatch } from './batch.ts';
import type { AnyOperation } from './operation.ts';
import { type Prepared, RaceLostError, type RunOptions } from './prepared.ts';

/** Lost races and ambiguous commits in a row before a batch is given up; each rerun sees more keys. */
const rerunsMax = 10;

/**
 * Carries out a batch of commands of one operation and one step in one transaction, behind the
 * barrier, and returns their outcomes in the same order. Never throws: what failed as a whole is
 * split until only the culprit fails.
 */
export async function runOperation(
  pool: Pool,
  operation: AnyOperation,
  commands: readonly Command[],
  options: RunOptions = {},
): Promise<Outcome[]> {
  const first = new Map<string, Prepared>();
  for (const command of commands) {
    const key = command.sagaId;
    if (!first.has(key)) first.set(key, { command, hash: hashOf(command.request) });
  }
  const outcomes = await runOrSplit(pool, operation, [...first.values()], options);
  const answered = new Set<string>();
  return commands.map((command) => {
    const outcome = outcomes.get(command.sagaId);
    if (!outcome) throw new Error(`The batch of ${command.operation} lost a command.`);
    const isCopy = answered.has(command.sagaId);
    answered.add(command.sagaId);
    return isCopy && 'duplicate' in outcome ? { ...outcome, duplicate: true } : outcome;
  });
}

type Outcomes = Map<string, Outcome>;

async function runOrSplit(
  pool: Pool,
  operation: AnyOperation,
  batch: readonly Prepared[],
  options: RunOptions,
): Promise<Outcomes> {
  try {
    return await rerunWhileRaced(pool, operation, batch, options);
  } catch (error) {
    if (batch.length > 1 && !isInfrastructure(error) && !(error instanceof CommitUnknownError)) {
      const middle = batch.length >> 1;
      const left = await runOrSplit(pool, operation, batch.slice(0, middle), options);
      const right = await runOrSplit(pool, operation, batch.slice(middle), options);
      return new Map([...left, ...right]);
    }
    const kind = error instanceof CommitUnknownError ? 'unknown' : 'transient';
    const failure = failureOf(error, 'OPERATION_FAILED');
    return new Map(batch.map(({ command }) => [command.sagaId, { kind, error: failure }]));
  }
}

async function rerunWhileRaced(
  pool: Pool,
  operation: AnyOperation,
  batch: readonly Prepared[],
  options: RunOptions,
): Promise<Outcomes> {
  for (let run = 1; ; run += 1) {
    try {
      return await pool.transaction((tx) => runBatch(tx, operation, batch, options));
    } catch (error) {
      const again = isLost(error) || error instanceof CommitUnknownError;
      if (!again || run >= rerunsMax) throw error;
    }
  }
}

/** What a batch could not write, or not see, a concurrent one has written. */
const isLost = (error: unknown): boolean =>
  error instanceof RaceLostError ||
  error instanceof RowCountError ||
  codeOf(error) === uniqueViolation;
