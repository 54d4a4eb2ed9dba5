import type { Message } from '@counterstep/saga-core/choreography';
import type { CloseOutcome, EffectKey } from '@counterstep/saga-core/participant';
import { appendMessages } from '../bus/outbox.ts';
import type { Pool, Tx } from '../tx/index.ts';
import type { StoredEffect } from './effects.ts';
import { holdFences, readEpochs } from './epoch.ts';
import { asOutcome } from './verdict.ts';

/** How a choreographed saga gives a key up. */
export interface GivenUp {
  /** Of the message that was answered in vain. */
  readonly epoch: number;
  /** Committed with a tombstone that this call wrote. */
  readonly message: () => Message;
}

/** Settles an action for good: writes its tombstone and answers `closed`, or returns the stored outcome. */
export function closeEffect(pool: Pool, key: EffectKey): Promise<CloseOutcome> {
  return pool.transaction(async (tx) => (await closeIn(tx, key)).outcome);
}

/** The same for a service that nobody coordinates, unless somebody does by now. */
export function giveUpEffect(
  pool: Pool,
  key: EffectKey,
  { epoch, message }: GivenUp,
): Promise<CloseOutcome | { readonly kind: 'suppressed' }> {
  return pool.transaction(async (tx) => {
    const [, epochs] = await Promise.all([holdFences(tx), readEpochs(tx, [key.sagaId])]);
    if (epoch < (epochs.get(key.sagaId) ?? 0)) return { kind: 'suppressed' };
    const { outcome, isNew } = await closeIn(tx, key);
    if (isNew) await appendMessages(tx, [message()]);
    return outcome;
  });
}

async function closeIn(
  tx: Tx,
  { sagaId, step }: EffectKey,
): Promise<{ readonly outcome: CloseOutcome; readonly isNew: boolean }> {
  const written = await tx.query(
    `insert into effect (saga_id, step, direction, generation, outcome)
     values ($1, $2, 'action', 1, 'closed')
     on conflict (saga_id, step, direction) do nothing returning 1`,
    [sagaId, step],
  );
  if (written.length > 0) return { outcome: { kind: 'closed' }, isNew: true };
  const [stored] = await tx.query<StoredEffect>(
    `select generation, hash, outcome, result from effect
      where saga_id = $1 and step = $2 and direction = 'action'`,
    [sagaId, step],
  );
  if (!stored) throw new Error(`The effect ${sagaId}/${step} vanished.`);
  const outcome = asOutcome(stored);
  if (outcome.kind === 'applied' || outcome.kind === 'rejected' || outcome.kind === 'closed') {
    return { outcome, isNew: false };
  }
  throw new Error(`The effect ${sagaId}/${step} is stored as ${stored.outcome}.`);
}
