import type { Message } from '@counterstep/saga-core/choreography';
import type { CloseOutcome, EffectKey } from '@counterstep/saga-core/participant';
import { appendMessages } from '../bus/outbox.ts';
import type { Pool } from '../tx/index.ts';
import type { StoredEffect } from './effects.ts';
import { asOutcome } from './verdict.ts';

/**
 * Settles an action for good: writes its tombstone and answers `closed`, or returns the stored
 * outcome.
 *
 * @param whenClosed a message to commit with a tombstone that this call wrote
 */
export function closeEffect(
  pool: Pool,
  key: EffectKey,
  whenClosed?: () => Message,
): Promise<CloseOutcome> {
  return pool.transaction(async (tx) => {
    const written = await tx.query(
      `insert into effect (saga_id, step, direction, generation, outcome)
       values ($1, $2, 'action', 1, 'closed')
       on conflict (saga_id, step, direction) do nothing returning 1`,
      [key.sagaId, key.step],
    );
    if (written.length > 0) {
      if (whenClosed) await appendMessages(tx, [whenClosed()]);
      return { kind: 'closed' };
    }
    const [stored] = await tx.query<StoredEffect>(
      `select generation, hash, outcome, result from effect
        where saga_id = $1 and step = $2 and direction = 'action'`,
      [key.sagaId, key.step],
    );
    if (!stored) throw new Error(`The effect ${key.sagaId}/${key.step} vanished.`);
    const outcome = asOutcome(stored);
    if (outcome.kind === 'applied' || outcome.kind === 'rejected' || outcome.kind === 'closed') {
      return outcome;
    }
    throw new Error(`The effect ${key.sagaId}/${key.step} is stored as ${stored.outcome}.`);
  });
}
