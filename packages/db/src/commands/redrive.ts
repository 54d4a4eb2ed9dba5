import { isTerminal, type SagaStatus } from '@counterstep/saga-core/machine';
import {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetterId,
  findDeadLetters,
  listDeadLetters,
  redriveLetters,
} from '../bus/dead-letters.ts';
import type { Pool, Queryable } from '../tx/index.ts';
import type { DefinitionOf } from './check-operation.ts';
import { CommandError } from './errors.ts';
import { operate } from './operate.ts';

export interface Redrive {
  /** Whose letters. */
  readonly service: string;
  /** These letters, or all that match. */
  readonly which: { readonly ids: readonly DeadLetterId[] } | { readonly filter: DeadLetterFilter };
  readonly reason: string;
  readonly actor: string;
}

export interface Redriven {
  /** Letters that go again. */
  readonly redriven: number;
  /** Letters that stay, because their saga was moved by somebody else at this moment. */
  readonly skipped: number;
  /** More match than one call takes; call again. */
  readonly more: boolean;
}

export interface RedriveContext {
  readonly saga: Pool;
  /** The service's own database. */
  readonly service: Queryable;
  readonly definitionOf: DefinitionOf;
}

const batch = 100;
const batchesMax = 20;

/**
 * Lets dead letters be tried again. Where the saga is known to be stuck that is its operator's retry: the
 * log says who and why, and all of its dead letters go. Others (the tracker has not heard yet, or does
 * not count the step as open) go by themselves, with an audit row each.
 */
export async function redriveDeadLetters(
  context: RedriveContext,
  redrive: Redrive,
): Promise<Redriven> {
  let redriven = 0;
  let skipped = 0;
  if ('ids' in redrive.which) {
    const ids = onlyOnce(redrive.which.ids);
    const letters = await findDeadLetters(context.service, ids);
    const done = await redriveSome(context, redrive, letters);
    return { redriven: done, skipped: ids.length - done, more: false };
  }
  let cursor: string | undefined;
  for (let turn = 0; turn < batchesMax; turn += 1) {
    const page = await listDeadLetters(context.service, redrive.which.filter, {
      ...(cursor !== undefined && { cursor }),
      limit: batch,
    });
    const done = await redriveSome(context, redrive, page.items);
    redriven += done;
    skipped += page.items.length - done;
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  return { redriven, skipped, more: cursor !== undefined };
}

/** One that is named twice is sent once. */
function onlyOnce(ids: readonly DeadLetterId[]): DeadLetterId[] {
  const byKey = ids.map((id) => [`${id.messageId}/${id.step}/${id.direction}`, id] as const);
  return [...new Map(byKey).values()];
}

interface Instance {
  readonly id: string;
  readonly status: SagaStatus;
  readonly seq: number;
  readonly leaderless: boolean;
}

/** Returns how many of them go again. */
async function redriveSome(
  context: RedriveContext,
  redrive: Redrive,
  letters: readonly DeadLetter[],
): Promise<number> {
  if (letters.length === 0) return 0;
  const instances = await context.saga.query<Instance>(
    `select id, status, seq, style = 'choreography' and epoch = 0 as leaderless
       from saga.instance where id = any($1::uuid[])`,
    [[...new Set(letters.map(({ sagaId }) => sagaId))]],
  );
  const stuck = new Map(
    instances.filter((i) => i.status === 'stuck' && i.leaderless).map((i) => [i.id, i]),
  );
  const bare = letters.filter(({ sagaId }) => !stuck.has(sagaId));
  let done = await redriveBare(context, redrive, bare, instances);
  for (const { id, seq } of stuck.values()) {
    if (!(await retry(context, redrive, id, seq))) continue;
    done += letters.filter(({ sagaId }) => sagaId === id).length;
  }
  return done;
}

/** @returns whether it was accepted; of two people who do this at once one is */
async function retry(
  { saga, definitionOf }: RedriveContext,
  { reason, actor }: Redrive,
  sagaId: string,
  expectedSeq: number,
): Promise<boolean> {
  try {
    await operate(saga, definitionOf, { sagaId, action: 'retry', reason, actor, expectedSeq });
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

async function redriveBare(
  { saga, service }: RedriveContext,
  { service: name, reason, actor }: Redrive,
  letters: readonly DeadLetter[],
  instances: readonly Instance[],
): Promise<number> {
  if (letters.length === 0) return 0;
  const ended = new Set(instances.filter((i) => isTerminal(i.status)).map((i) => i.id));
  // The audit first: what was done without a word about it cannot be found again.
  await saga.query(
    `insert into saga.audit (saga_id, action, actor, reason, result)
     select saga_id, 'redrive', $2, $3, result from unnest($1::uuid[], $4::text[]) as a (saga_id, result)`,
    [
      letters.map(({ sagaId }) => sagaId),
      actor,
      reason,
      letters.map(
        ({ type, step, sagaId }) =>
          `accepted: ${type} for ${name}/${step}${ended.has(sagaId) ? ', of a saga that has ended' : ''}`,
      ),
    ],
  );
  return redriveLetters(service, letters);
}
