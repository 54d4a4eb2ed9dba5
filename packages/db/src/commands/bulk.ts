import { hashOf } from '@counterstep/saga-core/participant';
import type { Pool } from '../tx/index.ts';
import { applyOperations, auditOf, type CheckedOperation, eventOf } from './apply-operations.ts';
import { writeAudits } from './audit.ts';
import { checkOperation, type DefinitionOf, type Operated } from './check-operation.ts';
import { CommandError, notFound } from './errors.ts';
import { requestCancel, wakeForMail } from './letters.ts';
import { lockAllOperated } from './lock-operated.ts';
import type { Operation } from './operate.ts';

export const bulkActions = ['retry', 'skip', 'settle', 'compensate', 'cancel'] as const;

type BulkAction = (typeof bulkActions)[number];

export interface BulkTarget {
  readonly sagaId: string;
  /** What was seen of it; a stuck saga that has moved on is left alone. A cancel does not look at it. */
  readonly expectedSeq: number;
}

export interface BulkAct {
  readonly action: BulkAction;
  /** `settle` only, and required there. */
  readonly as?: 'done' | 'not-done';
  readonly reason: string;
  readonly actor: string;
  readonly targets: readonly BulkTarget[];
}

/**
 * What became of the act on one saga. `repeated`: this very act is in its log already, so nothing was
 * done again. `failed`: nobody knows; the same request once more will tell.
 */
export interface BulkResult {
  readonly sagaId: string;
  readonly outcome: 'done' | 'repeated' | 'refused' | 'failed';
  readonly because?: string;
}

/** Sagas of one transaction: their locks are held while all of their logs are read. */
const chunkSize = 50;
/** Cancels are letters, each in a transaction of its own; so many at once leave connections to others. */
const cancelsAtOnce = 3;

/**
 * One act on many sagas. Each is checked and done, or refused, by itself and under its own sequence;
 * what one chunk cannot do keeps nothing from the next. Sent again it changes nothing more.
 */
export async function operateMany(
  pool: Pool,
  definitionOf: DefinitionOf,
  act: BulkAct,
): Promise<BulkResult[]> {
  const targets = [...new Map(act.targets.map((target) => [target.sagaId, target])).values()];
  const size = act.action === 'cancel' ? cancelsAtOnce : chunkSize;
  const results: BulkResult[] = [];
  for (let start = 0; start < targets.length; start += size) {
    const chunk = targets.slice(start, start + size);
    results.push(
      ...(act.action === 'cancel'
        ? await Promise.all(chunk.map((target) => cancelOne(pool, act, target)))
        : await operateChunk(pool, definitionOf, { ...act, action: act.action }, chunk)),
    );
  }
  if (act.action !== 'cancel') await wakeForMail(pool);
  return results;
}

type OperatorAct = BulkAct & { readonly action: Exclude<BulkAction, 'cancel'> };

async function operateChunk(
  pool: Pool,
  definitionOf: DefinitionOf,
  act: OperatorAct,
  targets: readonly BulkTarget[],
): Promise<BulkResult[]> {
  try {
    return await pool.transaction(async (tx) => {
      const sagas = await lockAllOperated(
        tx,
        targets.map(({ sagaId }) => sagaId),
      );
      const judged = targets.map((target) =>
        judge(sagas.get(target.sagaId), definitionOf, act, target),
      );
      await applyOperations(
        tx,
        judged.flatMap(({ checked }) => (checked ? [checked] : [])),
      );
      await writeAudits(
        tx,
        judged.flatMap(({ operation, result }) =>
          result.outcome === 'refused' && sagas.has(result.sagaId)
            ? [{ ...auditOf(operation), result: `refused: ${result.because ?? ''}` }]
            : [],
        ),
      );
      return judged.map(({ result }) => result);
    });
  } catch (error) {
    if (targets.length === 1) return targets.map(({ sagaId }) => failed(sagaId, error));
    // One of them may be what fails: the others need not wait for it.
    const results: BulkResult[] = [];
    for (const target of targets) {
      results.push(...(await operateChunk(pool, definitionOf, act, [target])));
    }
    return results;
  }
}

interface Judged {
  readonly operation: Operation;
  readonly result: BulkResult;
  readonly checked?: CheckedOperation;
}

function judge(
  saga: Operated | undefined,
  definitionOf: DefinitionOf,
  { action, as, reason, actor }: OperatorAct,
  { sagaId, expectedSeq }: BulkTarget,
): Judged {
  const operation = { sagaId, action, reason, actor, expectedSeq, ...(as && { as }) };
  if (!saga) {
    const because = notFound(sagaId).message;
    return { operation, result: { sagaId, outcome: 'refused', because } };
  }
  if (isDone(saga, operation)) return { operation, result: { sagaId, outcome: 'repeated' } };
  const refusal = checkOperation(saga, definitionOf, operation);
  if (refusal) {
    return { operation, result: { sagaId, outcome: 'refused', because: refusal.message } };
  }
  const checked = { before: saga.state, operation };
  return { operation, result: { sagaId, outcome: 'done' }, checked };
}

/** The event that the act would leave stands in its place: the request came before. */
function isDone({ log }: Operated, operation: Operation): boolean {
  const next = log.find(({ seq }) => seq === operation.expectedSeq + 1);
  return (
    next?.type === 'OperatorActed' &&
    next.actor === operation.actor &&
    hashOf(next.data) === hashOf(eventOf(operation).data as typeof next.data)
  );
}

async function cancelOne(
  pool: Pool,
  { reason, actor }: BulkAct,
  { sagaId }: BulkTarget,
): Promise<BulkResult> {
  try {
    if (await isAsked(pool, sagaId)) return { sagaId, outcome: 'repeated' };
    await requestCancel(pool, { sagaId, reason, actor });
    return { sagaId, outcome: 'done' };
  } catch (error) {
    return error instanceof CommandError
      ? { sagaId, outcome: 'refused', because: error.message }
      : failed(sagaId, error);
  }
}

/** A cancel stands already: nobody has read it yet, or it was not refused. */
async function isAsked(pool: Pool, sagaId: string): Promise<boolean> {
  const rows = await pool.query(
    `select from saga.mailbox m join saga.instance i on i.id = m.saga_id
      where m.saga_id = $1 and m.kind = 'cancel' and i.finished_at is null
        and (m.position > i.mail_read or not exists (
              select from saga.event e where e.saga_id = i.id and e.type = 'CancelRefused'))
      limit 1`,
    [sagaId],
  );
  return rows.length > 0;
}

function failed(sagaId: string, error: unknown): BulkResult {
  console.error(`bulk act on saga ${sagaId}:`, error);
  return { sagaId, outcome: 'failed', because: 'The database could not do it. Send it again.' };
}
