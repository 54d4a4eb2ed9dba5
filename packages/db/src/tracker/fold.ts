import { observe, type RecordedMessage } from '@counterstep/saga-core/choreography';
import { asJson } from '@counterstep/saga-core/definition';
import {
  evolve,
  initialState,
  isTerminal,
  type RecordedEvent,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { eventColumns, eventColumnsOf, type EventRow, recorded } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import type { Pool, Tx } from '../tx/index.ts';
import type { Flows } from './flow.ts';

/** An event that the tracker is about to write. */
interface NewEvent {
  readonly sagaId: string;
  readonly seq: number;
  readonly event: SagaEvent;
  readonly actor: string;
  readonly messageId: string;
  readonly at: string;
}

interface Folded {
  readonly sagaId: string;
  readonly state: SagaState;
  readonly events: readonly NewEvent[];
  readonly held: readonly RecordedMessage[];
}

/**
 * Folds messages of choreographed sagas into instances and logs, as if somebody had coordinated them.
 * Copies are dropped; a message that comes before its cause is held until the cause is there. So any
 * order of arrival gives the same log, up to the order of things that happened at once.
 */
export async function foldMessages(
  pool: Pool,
  flows: Flows,
  messages: readonly RecordedMessage[],
): Promise<void> {
  const known = messages.filter((message) => flows.has(flowKey(message)));
  if (known.length === 0) return;
  await pool.transaction(async (tx) => {
    const ids = [...new Set(known.map((message) => message.sagaId))].sort();
    await takeTurns(tx, ids);
    await insertInstances(tx, flows, known);
    const [rows, logs, held] = await Promise.all([
      tx.query<{ id: string }>(
        'select id from saga.instance where id = any($1::uuid[]) order by id for update',
        [ids],
      ),
      tx.query<EventRow>(
        `select ${eventColumns} from saga.event where saga_id = any($1::uuid[]) order by saga_id, seq`,
        [ids],
      ),
      tx.query<{ message: RecordedMessage }>(
        'select message from saga.held_message where saga_id = any($1::uuid[])',
        [ids],
      ),
    ]);
    const exists = new Set(rows.map((row) => row.id));
    const logOf = groupBy(
      logs.map((row) => ({ id: row.saga_id, event: recorded(row) })),
      (e) => e.id,
    );
    const all = groupBy([...held.map((row) => row.message), ...known], (m) => m.sagaId);
    const folded = ids.map((id) =>
      foldSaga(
        id,
        flows,
        exists.has(id) ? (logOf.get(id) ?? []).map((entry) => entry.event) : undefined,
        all.get(id) ?? [],
      ),
    );
    await write(tx, folded, ids);
  });
}

/** @param log absent when the message that accepts the saga has not come yet */
function foldSaga(
  sagaId: string,
  flows: Flows,
  log: readonly RecordedEvent[] | undefined,
  messages: readonly RecordedMessage[],
): Folded {
  let state = (log ?? []).reduce<SagaState>(evolve, initialState);
  const seen = new Set((log ?? []).map((event) => event.messageId));
  let waiting = [...new Map(messages.map((m) => [m.messageId, m])).values()]
    .filter((message) => !seen.has(message.messageId) && message.epoch >= epochOf(state))
    .sort((a, b) => a.depth - b.depth || Date.parse(a.at) - Date.parse(b.at));
  const events: NewEvent[] = [];
  while (log) {
    const next = waiting.find(({ causationId }) => causationId === null || seen.has(causationId));
    const flow = next && flows.get(flowKey(next));
    if (!next || !flow) break;
    const { at, messageId } = next;
    const observed = observe(flow.definition, flow.reactions, state, next);
    observed.events.forEach((event, index) => {
      const actor = index === 0 ? actorOf(next) : 'tracker';
      events.push({ sagaId, seq: state.seq + 1 + index, event, actor, messageId, at });
    });
    state = observed.state;
    seen.add(messageId);
    waiting = waiting.filter((message) => message !== next);
  }
  return { sagaId, state, events, held: waiting };
}

/** Whoever has taken the saga over knows its effects: what services said before adds nothing. */
const epochOf = ({ takeover }: SagaState): number => takeover?.epoch ?? 0;

/** Enough that sagas rarely share one; few enough that a large batch does not fill the lock table. */
const creationLocks = 64;

/**
 * A saga that does not exist yet has no row to lock: one reader could hold a message back for its
 * cause while another, creating the saga, has already looked for held messages and found none. Both
 * take turns behind an advisory lock instead.
 */
async function takeTurns(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtext('counterstep tracker'), bucket)
       from (select distinct abs(hashtext(id::text) % $2::int) as bucket
               from unnest($1::uuid[]) as asked (id)
              where not exists (select from saga.instance i where i.id = asked.id)
              order by 1) as b`,
    [ids, creationLocks],
  );
}

async function insertInstances(
  tx: Tx,
  flows: Flows,
  messages: readonly RecordedMessage[],
): Promise<void> {
  const rows = messages.flatMap((message) => {
    const flow = flows.get(flowKey(message));
    if (!flow || message.report.kind !== 'accepted') return [];
    const input = message.report.input;
    return [{ message, input, keys: flow.definition.keys(input as never) }];
  });
  if (rows.length === 0) return;
  await tx.query(
    `insert into saga.instance
            (id, definition, version, style, status, input, summary, seq, business_key, subject,
             correlation_id, created_at)
     select id, definition, version, 'choreography', 'pending', input::jsonb, '{"steps":{}}', 0,
            business_key, subject, correlation_id, created_at
       from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
            as s (id, definition, version, input, business_key, subject, correlation_id, created_at)
      where not exists (select from saga.retired r where r.saga_id = s.id)
     order by id
     on conflict (id) do nothing`,
    [
      rows.map((r) => r.message.sagaId),
      rows.map((r) => r.message.definition),
      rows.map((r) => r.message.definitionVersion),
      rows.map((r) => JSON.stringify(asJson(r.input))),
      rows.map((r) => r.keys.businessKey ?? null),
      rows.map((r) => r.keys.subject ?? null),
      rows.map((r) => r.message.correlationId),
      rows.map((r) => r.message.at),
    ],
  );
}

async function write(tx: Tx, folded: readonly Folded[], ids: readonly string[]): Promise<void> {
  const events = folded.flatMap((saga) => saga.events);
  const changed = folded.filter((saga) => saga.events.length > 0);
  const held = folded.flatMap((saga) => saga.held);
  const log = eventColumnsOf(events);
  await Promise.all([
    tx.query(
      `insert into saga.event (saga_id, seq, type, step, attempt, data, actor, message_id, at)
       select saga_id, seq, type, step, attempt, data::jsonb, actor, message_id, at
         from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::text[],
                     $8::uuid[], $9::timestamptz[])
              as e (saga_id, seq, type, step, attempt, data, actor, message_id, at)`,
      [
        log.sagaIds,
        log.seqs,
        log.types,
        log.steps,
        log.attempts,
        log.data,
        log.actors,
        log.messageIds,
        events.map((event) => event.at),
      ],
    ),
    tx.query(
      `update saga.instance i
          set seq = s.seq, status = s.status, summary = s.summary::jsonb, stalled = false,
              updated_at = clock_timestamp(),
              finished_at = case when s.ends then coalesce(i.finished_at, s.at) end
         from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::bool[], $6::timestamptz[])
              as s (id, seq, status, summary, ends, at)
        where i.id = s.id`,
      [
        changed.map((saga) => saga.sagaId),
        changed.map((saga) => saga.state.seq),
        changed.map((saga) => saga.state.phase.status),
        changed.map((saga) => JSON.stringify(summarise(saga.state))),
        changed.map((saga) => isTerminal(saga.state.phase.status)),
        changed.map((saga) => saga.events.at(-1)?.at ?? null),
      ],
    ),
    tx.query('delete from saga.held_message where saga_id = any($1::uuid[])', [ids]),
    held.length > 0 ? insertHeld(tx, held) : undefined,
  ]);
}

async function insertHeld(tx: Tx, held: readonly RecordedMessage[]): Promise<void> {
  await tx.query(
    `insert into saga.held_message (saga_id, message_id, message)
     select saga_id, message_id, message::jsonb
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as h (saga_id, message_id, message)
      where not exists (select from saga.retired r where r.saga_id = h.saga_id)
     on conflict do nothing`,
    [
      held.map((message) => message.sagaId),
      held.map((message) => message.messageId),
      held.map((message) => JSON.stringify(message)),
    ],
  );
}

const flowKey = (message: RecordedMessage): string =>
  `${message.definition}@${message.definitionVersion}`;

const actorOf = (message: RecordedMessage): string =>
  message.report.kind === 'accepted' ? 'api' : message.service;

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
