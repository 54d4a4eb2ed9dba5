import { isTerminal, type SagaStatus, type Style } from '@counterstep/saga-core/machine';
import type { Pool, Tx } from '../tx/index.ts';
import { writeAudit } from './audit.ts';
import { CommandError, notFound } from './errors.ts';

export interface Ask {
  readonly sagaId: string;
  readonly reason: string;
  readonly actor: string;
}

/** Sagas without coordinator have their letters read by the worker's tracker. */
export const choreographyMail = 'choreography-mail';

/** Asks for a saga to be undone. Accepted and without effect when it is walking back already. */
export function requestCancel(pool: Pool, ask: Ask): Promise<void> {
  return sendLetter(pool, 'cancel', ask, ({ status, has_committed, turned_back }) => {
    if (isTerminal(status)) return refused(`It is ${status} already.`);
    if (has_committed)
      return refused('It is past its point of no return: the pivot has committed.');
    return turned_back ? 'no-op' : 'send';
  });
}

/** Asks for nothing new to be sent; what is under way finishes. */
export function requestPause(pool: Pool, ask: Ask): Promise<void> {
  return sendLetter(pool, 'pause', ask, ({ status, paused, style }) => {
    if (isTerminal(status)) return refused(`It is ${status} already.`);
    if (style === 'choreography') return refused(noCoordinator);
    if (status === 'stuck') return refused('It waits for an operator already; nothing is sent.');
    return paused ? refused('It is paused already.') : 'send';
  });
}

/** Lets a paused saga go on. */
export function requestResume(pool: Pool, ask: Ask): Promise<void> {
  return sendLetter(pool, 'resume', ask, ({ paused, style }) => {
    if (style === 'choreography') return refused(noCoordinator);
    return paused ? 'send' : refused('It is not paused.');
  });
}

const noCoordinator =
  'A choreographed saga has no coordinator that could pause it; its services react by themselves.';

/** `no-op`: what is asked for is happening already. */
type Answer = 'send' | 'no-op' | { readonly refused: string };

const refused = (because: string): Answer => ({ refused: because });

interface Current {
  readonly status: SagaStatus;
  readonly paused: boolean;
  readonly style: Style;
  readonly owner: string | null;
  readonly definition_key: string;
  readonly has_committed: boolean;
  readonly turned_back: boolean;
}

/**
 * Puts a letter into a saga's mailbox under the instance's row lock. Whoever owns the saga reads it
 * before it rests or begins the pivot; if nobody owns it, it becomes claimable. Asked for or refused,
 * an audit row is written.
 */
async function sendLetter(
  pool: Pool,
  kind: 'cancel' | 'pause' | 'resume',
  ask: Ask,
  judge: (current: Current) => Answer,
): Promise<void> {
  const refusal = await pool.transaction(async (tx) => {
    const current = await lock(tx, ask.sagaId);
    const answer = judge(current);
    const because = typeof answer === 'object' ? answer.refused : undefined;
    await writeAudit(tx, {
      ...ask,
      action: kind,
      result: because ? `refused: ${because}` : 'accepted',
    });
    if (answer !== 'send') return because;
    await post(tx, kind, ask, current);
    return undefined;
  });
  if (refusal !== undefined) {
    throw new CommandError('NOT_ALLOWED', `Cannot ${kind} saga ${ask.sagaId}. ${refusal}`);
  }
  await pool.query(
    `select pg_notify('counterstep', topic) from unnest(array['mail', 'ready']) topic`,
  );
}

async function lock(tx: Tx, sagaId: string): Promise<Current> {
  const [row] = await tx.query<Current>(
    `select status, paused, style, owner, definition || '@' || version as definition_key,
            exists (select from saga.event where saga_id = id and type = 'PivotCommitted') as has_committed,
            exists (select from saga.event where saga_id = id and type = 'CompensationStarted') as turned_back
       from saga.instance where id = $1 for update`,
    [sagaId],
  );
  if (!row) throw notFound(sagaId);
  return row;
}

async function post(tx: Tx, kind: string, ask: Ask, current: Current): Promise<void> {
  await tx.query(
    `with counted as (
       update saga.instance set mail_received = mail_received + 1 where id = $1
       returning id, mail_received
     )
     insert into saga.mailbox (saga_id, position, kind, reason, actor)
     select id, mail_received, $2, $3, $4 from counted`,
    [ask.sagaId, kind, ask.reason, ask.actor],
  );
  if (current.owner !== null) return;
  const key = current.style === 'choreography' ? choreographyMail : current.definition_key;
  await tx.query(
    `insert into saga.ready (saga_id, run_at, definition_key) values ($1, clock_timestamp(), $2)
     on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)`,
    [ask.sagaId, key],
  );
}
