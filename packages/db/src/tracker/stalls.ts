import { type Expectation, expectationsOf } from '@counterstep/saga-core/choreography';
import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaEvent,
  type SagaState,
  type Stall,
} from '@counterstep/saga-core/machine';
import { readLogs } from '../store/claim.ts';
import { summarise } from '../store/summary.ts';
import { jsonLines, type Pool } from '../tx/index.ts';
import type { Flows } from './flow.ts';
import { type ServicePools, verdictOn } from './verdict.ts';

/** A saga whose alarm was raised, as its log stands since. */
export interface Stalled {
  readonly sagaId: string;
  readonly seq: number;
  readonly stall: Stall;
}

interface Candidate {
  readonly id: string;
  readonly definition_key: string;
  readonly now: Date;
  /** As text: the driver would cut it to milliseconds. */
  readonly updated: string;
}

/**
 * Silent sagas in which nothing is overdue yet, by id, and until when, as long as they stay silent: their
 * logs need not be read every second.
 */
export type Calm = Map<string, { readonly updated: string; readonly untilMs: number }>;

export interface WatchOptions {
  /** Kept by whoever looks, from one look to the next. */
  readonly calm?: Calm;
  /** A saga could not be judged; it is looked at again. */
  readonly onError?: (error: unknown) => void;
}

/** Sagas looked at together, and pages per turn: what is silent and not overdue must hide nothing. */
const pageSize = 200;
const pagesMax = 10;

/**
 * Raises the alarm for choreographed sagas in which something is overdue. It is written into the log, as
 * everything that people should see; whatever comes after it ends the alarm. Any number of workers may
 * look: of two that raise the same alarm one finds the log grown.
 */
export async function raiseStalls(
  pool: Pool,
  flows: Flows,
  services: ServicePools,
  { calm = new Map(), onError = () => undefined }: WatchOptions = {},
): Promise<Stalled[]> {
  const raised: Stalled[] = [];
  const before = new Map(calm);
  calm.clear();
  let after: Candidate | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const candidates = await silentSagas(pool, after);
    for (const candidate of candidates) {
      const known = before.get(candidate.id);
      if (known?.updated === candidate.updated) calm.set(candidate.id, known);
    }
    raised.push(...(await raiseAmong(pool, flows, services, candidates, { calm, onError })));
    after = candidates.at(-1);
    if (candidates.length < pageSize) break;
  }
  return raised;
}

async function raiseAmong(
  pool: Pool,
  flows: Flows,
  services: ServicePools,
  candidates: readonly Candidate[],
  { calm, onError }: Required<WatchOptions>,
): Promise<Stalled[]> {
  const due = candidates.filter(({ id, now }) => now.getTime() >= (calm.get(id)?.untilMs ?? 0));
  const logs = await readLogs(
    pool,
    due.map(({ id }) => id),
  );
  const raised: Stalled[] = [];
  for (const { id, definition_key: key, now, updated } of due) {
    const flow = flows.get(key);
    const log = logs.get(id);
    const expected = flow && log ? expectationsOf(flow, log) : [];
    calm.set(id, { updated, untilMs: Math.min(...expected.map(dueMsOf)) });
    if (!log || expected.length === 0) continue;
    try {
      const stall = await stallOf(pool, services, expected, id, log, now);
      if (stall && (await raise(pool, id, log, stall))) {
        raised.push({ sagaId: id, seq: log.length + 1, stall });
      }
    } catch (error) {
      // A service that is away must not hide what stalls at the others.
      onError(error);
    }
  }
  return raised;
}

const dueMsOf = ({ dueAt }: Expectation): number => Date.parse(dueAt);

/** Nothing has been heard of them for a second; most will speak again within the next. */
function silentSagas(pool: Pool, after: Candidate | undefined): Promise<Candidate[]> {
  return pool.query<Candidate>(
    `select id, definition || '@' || version as definition_key, clock_timestamp() as now,
            updated_at::text as updated
       from saga.instance
      where style = 'choreography' and epoch = 0 and finished_at is null
        and not stalled and status <> 'stuck'
        and updated_at < clock_timestamp() - interval '1 second'
        and ($1::text is null or (updated_at, id) > ($1::text::timestamptz, $2::uuid))
      order by updated_at, id limit $3`,
    [after?.updated ?? null, after?.id ?? null, pageSize],
  );
}

async function stallOf(
  pool: Pool,
  services: ServicePools,
  expected: readonly Expectation[],
  sagaId: string,
  log: readonly RecordedEvent[],
  now: Date,
): Promise<Stall | undefined> {
  const overdue = expected.filter((expectation) => dueMsOf(expectation) < now.getTime());
  if (overdue.length === 0) return undefined;
  const held = await pool.query<{ id: string }>(
    'select message_id as id from saga.held_message where saga_id = $1',
    [sagaId],
  );
  const read = new Set([
    ...log.flatMap(({ messageId }) => messageId ?? []),
    ...held.map(({ id }) => id),
  ]);
  for (const expectation of overdue) {
    const verdict = await verdictOn(services, sagaId, expectation, read);
    if (verdict) return { ...expectation, verdict };
  }
  return undefined;
}

/** False when anything has come meanwhile. */
async function raise(
  pool: Pool,
  sagaId: string,
  log: readonly RecordedEvent[],
  stall: Stall,
): Promise<boolean> {
  const event: SagaEvent = { type: 'SagaStalled', data: stall };
  const state = [...log, event].reduce<SagaState>(evolve, initialState);
  return pool.transaction(async (tx) => {
    const updated = await tx.query(
      `update saga.instance
          set seq = seq + 1, stalled = true, summary = $3::text::json, updated_at = clock_timestamp()
        where id = $1 and seq = $2 and epoch = 0 returning 1`,
      [sagaId, log.length, jsonLines([summarise(state)])],
    );
    if (updated.length === 0) return false;
    await tx.query(
      `insert into saga.event (saga_id, seq, type, data, actor) values ($1, $2, $3, $4::text::json, 'tracker')`,
      [sagaId, state.seq, event.type, jsonLines([event.data])],
    );
    return true;
  });
}
