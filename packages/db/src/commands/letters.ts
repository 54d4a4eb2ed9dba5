import { isTerminal, type SagaStatus, type Style } from '@counterstep/saga-core/machine';
import type { Json } from '@counterstep/saga-core/participant';
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
  return sendLetter(pool, 'pause', ask, ({ status, paused, leaderless }) => {
    if (isTerminal(status)) return refused(`It is ${status} already.`);
    if (leaderless) return refused(noCoordinator);
    if (status === 'stuck') return refused('It waits for an operator already; nothing is sent.');
    return paused ? refused('It is paused already.') : 'send';
  });
}

/** Lets a paused saga go on. */
export function requestResume(pool: Pool, ask: Ask): Promise<void> {
  return sendLetter(pool, 'resume', ask, ({ paused, leaderless }) => {
    if (leaderless) return refused(noCoordinator);
    return paused ? 'send' : refused('It is not paused.');
  });
}

const noCoordinator =
  'A choreographed saga has no coordinator that could pause it; its services react by themselves.';

/** `no-op`: what is asked for is happening already. */
type Answer = 'send' | 'no-op' | { readonly refused: string };

const refused = (because: string): Answer => ({ refused: because });

/** A saga as it is while its row is locked. */
export interface Addressed {
  readonly status: SagaStatus;
  readonly paused: boolean;
  readonly style: Style;
  /** Nobody coordinates it; only a choreographed one can be without. */
  readonly leaderless: boolean;
  readonly owner: string | null;
  readonly definition: string;
  readonly version: number;
  readonly definition_key: string;
  readonly has_committed: boolean;
  readonly turned_back: boolean;
  /** Forward status of each step that has begun. */
  readonly steps: Readonly<Record<string, readonly [string, string | null]>>;
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
  judge: (current: Addressed) => Answer,
): Promise<void> {
  const refusal = await pool.transaction(async (tx) => {
    const current = await lockSaga(tx, ask.sagaId);
    const answer = judge(current);
    const because = typeof answer === 'object' ? answer.refused : undefined;
    await writeAudit(tx, {
      ...ask,
      action: kind,
      result: because ? `refused: ${because}` : 'accepted',
    });
    if (answer !== 'send') return because;
    await postLetter(tx, { ...ask, kind }, current);
    return undefined;
  });
  if (refusal !== undefined) {
    throw new CommandError('NOT_ALLOWED', `Cannot ${kind} saga ${ask.sagaId}. ${refusal}`);
  }
  await wakeForMail(pool);
}

/** Tells owners, whoever claims, and the tracker, whose letters wait as well; a lost notification costs latency only. */
export async function wakeForMail(pool: Pool): Promise<void> {
  await pool.query(
    `select pg_notify('counterstep', topic) from unnest(array['mail', 'ready']) topic`,
  );
}

/** Locks a saga's row: letters to one saga are written one after another. */
export async function lockSaga(tx: Tx, sagaId: string): Promise<Addressed> {
  const [row] = await tx.query<Addressed>(
    `select status, paused, style, style = 'choreography' and epoch = 0 as leaderless, owner, definition, version,
            definition || '@' || version as definition_key,
            summary -> 'steps' as steps,
            exists (select from saga.event where saga_id = id and type = 'PivotCommitted') as has_committed,
            exists (select from saga.event where saga_id = id and type = 'CompensationStarted') as turned_back
       from saga.instance where id = $1 for update`,
    [sagaId],
  );
  if (!row) throw notFound(sagaId);
  return row;
}

/** A letter as it is posted; its position and time are given to it. */
type Posted = Ask &
  (
    | { readonly kind: 'cancel' | 'pause' | 'resume' }
    | { readonly kind: 'signal'; readonly signal: string; readonly payload: Json }
  );

/** Puts a letter into the mailbox of a locked saga, which becomes claimable if nobody owns it. */
export async function postLetter(tx: Tx, letter: Posted, current: Addressed): Promise<void> {
  const isSignal = letter.kind === 'signal';
  await tx.query(
    `with counted as (
       update saga.instance set mail_received = mail_received + 1 where id = $1
       returning id, mail_received
     )
     insert into saga.mailbox (saga_id, position, kind, signal, payload, reason, actor)
     select id, mail_received, $2, $3, $4::text::jsonb, $5, $6 from counted`,
    [
      letter.sagaId,
      letter.kind,
      isSignal ? letter.signal : null,
      isSignal ? JSON.stringify(letter.payload) : null,
      letter.reason,
      letter.actor,
    ],
  );
  if (current.owner !== null) return;
  const key = current.leaderless ? choreographyMail : current.definition_key;
  await tx.query(
    `insert into saga.ready (saga_id, run_at, definition_key) values ($1, clock_timestamp(), $2)
     on conflict (saga_id) do update set run_at = least(ready.run_at, excluded.run_at)`,
    [letter.sagaId, key],
  );
}
