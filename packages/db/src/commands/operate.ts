import type { OperatorAction } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
import type { Pool } from '../tx/index.ts';
import { applyOperations, auditOf } from './apply-operations.ts';
import { writeAudits } from './audit.ts';
import { checkOperation, type DefinitionOf } from './check-operation.ts';
import { wakeForMail } from './letters.ts';
import { lockOperated } from './lock-operated.ts';

export interface Operation {
  readonly sagaId: string;
  readonly action: OperatorAction;
  readonly reason: string;
  readonly actor: string;
  /** Sequence that the operator has seen; the act is refused if the log has grown. */
  readonly expectedSeq: number;
  /** `retry` of a forward step only: replaces the saga's input. Its keys must stay the same. */
  readonly input?: Json;
  /** `settle` only, and required there: what became of the step. */
  readonly as?: 'done' | 'not-done';
  /** `settle` as done: what the step would have returned. */
  readonly output?: Json;
}

/**
 * An operator's act on a stuck saga: event, audit row and ready row in one transaction, under a raised
 * fence. Of several acts at once exactly one finds the sequence it expects; the others conflict.
 *
 * @throws CommandError
 */
export async function operate(
  pool: Pool,
  definitionOf: DefinitionOf,
  operation: Operation,
): Promise<void> {
  const error = await pool.transaction(async (tx) => {
    const saga = await lockOperated(tx, operation.sagaId);
    const refusal = checkOperation(saga, definitionOf, operation);
    if (refusal) {
      await writeAudits(tx, [{ ...auditOf(operation), result: `refused: ${refusal.message}` }]);
      return refusal;
    }
    await applyOperations(tx, [{ before: saga.state, operation }]);
    return undefined;
  });
  if (error) throw error;
  await wakeForMail(pool);
}
