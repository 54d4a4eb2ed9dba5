import type { Message } from '@counterstep/saga-core/choreography';
import { asJson } from '@counterstep/saga-core/definition';
import {
  evolve,
  initialState,
  isTerminal,
  type RecordedEvent,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import type { ServiceParticipant } from '../barrier/participant.ts';
import { redrive } from '../bus/parked.ts';
import { choreographyMail } from '../commands/letters.ts';
import { uuidV7 } from '../store/ids.ts';
import { readLetters } from '../store/mail.ts';
import { eventColumns, type EventRow, recorded } from '../store/rows.ts';
import { summarise } from '../store/summary.ts';
import { allowLonger, jsonLines, type Pool, type Tx } from '../tx/index.ts';
import type { Flow, Flows } from './flow.ts';

/** A service as far as a cancel or a retry of a choreographed saga reaches it. */
export interface Addressee {
  readonly pool: Pool;
  readonly participant: ServiceParticipant;
}

interface Waiting {
  readonly id: string;
  readonly definition_key: string;
  readonly mail_read: number;
  readonly status: string;
}

/** Somebody has taken the saga over since: its letters are the orchestrator's. */
async function handOver(tx: Tx, { id, definition_key: key }: Waiting): Promise<boolean> {
  const [row] = await tx.query<{ epoch: number }>(
    'select epoch from saga.instance where id = $1 for update',
    [id],
  );
  if (!row || row.epoch === 0) return false;
  await tx.query(
    `insert into saga.ready (saga_id, run_at, definition_key)
     select id, clock_timestamp(), $2 from saga.instance where id = $1 and owner is null
     on conflict (saga_id) do update set definition_key = excluded.definition_key`,
    [id, key],
  );
  return true;
}

/**
 * Reads the letters of one choreographed saga that has some; nobody owns such a saga, so any worker
 * may. A cancel is decided at the pivot's owner: closing its key either wins, and the flow walks back
 * from there, or finds the pivot committed. A retry puts the saga's dead messages back.
 *
 * @returns whether there was one
 */
export async function readChoreographyMail(
  pool: Pool,
  flows: Flows,
  services: ReadonlyMap<string, Addressee>,
): Promise<boolean> {
  let taken: string | undefined;
  try {
    return await pool.transaction(async (tx) => {
      // The services are asked meanwhile; the usual limit is for processes that have stopped.
      await allowLonger(tx, 8_000);
      const saga = await takeOne(tx);
      if (!saga) return false;
      taken = saga.id;
      if (await handOver(tx, saga)) return true;
      const flow = flows.get(saga.definition_key);
      if (!flow) throw new Error(`No flow ${saga.definition_key} for saga ${saga.id}.`);
      await answer(tx, flow, services, saga);
      return true;
    });
  } catch (error) {
    // One that cannot be answered now lets the others pass.
    if (taken !== undefined) await postpone(pool, taken);
    throw error;
  }
}

async function takeOne(tx: Tx): Promise<Waiting | undefined> {
  const [saga] = await tx.query<Waiting>(
    `delete from saga.ready r using saga.instance i
      where r.saga_id = (select saga_id from saga.ready
                          where definition_key = $1 and run_at <= (select clock_timestamp())
                          order by run_at limit 1 for update skip locked)
        and i.id = r.saga_id
     returning i.id, i.definition || '@' || i.version as definition_key, i.mail_read, i.status`,
    [choreographyMail],
  );
  return saga;
}

async function postpone(pool: Pool, sagaId: string): Promise<void> {
  await pool.query(
    `update saga.ready set run_at = clock_timestamp() + interval '5 seconds'
      where saga_id = $1 and definition_key = $2`,
    [sagaId, choreographyMail],
  );
}

async function answer(
  tx: Tx,
  flow: Flow,
  services: ReadonlyMap<string, Addressee>,
  saga: Waiting,
): Promise<void> {
  const [letters, rows] = await Promise.all([
    readLetters(tx, saga.id, saga.mail_read),
    tx.query<EventRow>(`select ${eventColumns} from saga.event where saga_id = $1 order by seq`, [
      saga.id,
    ]),
  ]);
  const log = rows.map(recorded);
  if (log.findLast((event) => isTurn(event))?.type === 'OperatorActed') {
    for (const { pool: service } of services.values()) await redrive(service, saga.id);
  }
  let state = log.reduce<SagaState>(evolve, initialState);
  const events: (SagaEvent & { actor: string })[] = [];
  const add = (event: SagaEvent, actor: string) => {
    events.push({ ...event, actor });
    state = evolve(state, event);
  };
  for (const { kind, reason, actor } of letters) {
    // What has been undone needs no cancel; one that has completed says that it came too late.
    const { status } = state.phase;
    if (kind !== 'cancel' || (isTerminal(status) && status !== 'completed')) continue;
    add({ type: 'CancelRequested', data: { reason } }, actor);
    const refusal = await closePivot(flow, services, saga.id, state, log);
    if (refusal) add({ type: 'CancelRefused', data: { reason: refusal } }, 'tracker');
  }
  await store(tx, saga.id, letters.at(-1)?.position ?? saga.mail_read, state, events);
}

/** Whether a saga is stuck, or has been told to go on, shows in the later of the two. */
const isTurn = ({ type }: RecordedEvent): boolean =>
  type === 'SagaStuck' || type === 'OperatorActed';

/** Returns why it is too late, or nothing when the way back has begun. */
async function closePivot(
  { definition, reactions, startData }: Flow,
  services: ReadonlyMap<string, Addressee>,
  sagaId: string,
  state: SagaState,
  log: readonly RecordedEvent[],
): Promise<string | undefined> {
  const pivot = definition.steps.find((step) => step.class === 'pivot');
  const reaction = reactions.find((r) => r.step === pivot?.name && r.direction === 'action');
  const owner = services.get(reaction?.service ?? '');
  if (!pivot || !reaction?.rejected || !owner)
    return 'This flow has no pivot that could be closed.';
  const { rejected, service } = reaction;
  const error = { code: 'CANCELLED', message: 'Cancelled before the pivot.' };
  const message = (): Message => ({
    messageId: uuidV7(),
    type: rejected.event.type,
    version: rejected.event.version,
    service,
    sagaId,
    causationId: log[0]?.messageId ?? null,
    depth: 1,
    definition: definition.name,
    definitionVersion: definition.version,
    epoch: 0,
    step: pivot.name,
    report: { kind: 'closed', attempt: 1, error },
    data: asJson(rejected.data(startData(state.input as never) as never, error as never)),
    correlationId: null,
    idempotencyKey: null,
  });
  const key = { sagaId, step: pivot.name, direction: 'action' as const };
  const outcome = await owner.participant.giveUp(key, { epoch: 0, message });
  return outcome.kind === 'applied' ? 'The saga is past its point of no return.' : undefined;
}

async function store(
  tx: Tx,
  sagaId: string,
  mailRead: number,
  state: SagaState,
  events: readonly (SagaEvent & { actor: string })[],
): Promise<void> {
  const first = state.seq - events.length + 1;
  await Promise.all([
    tx.query(
      `update saga.instance set seq = $2, mail_read = $3, status = $4, summary = $5::text::json,
              stalled = $6,
              updated_at = clock_timestamp() where id = $1`,
      [
        sagaId,
        state.seq,
        mailRead,
        state.phase.status,
        jsonLines([summarise(state)]),
        state.stalled !== undefined,
      ],
    ),
    ...events.map((event, index) =>
      tx.query(
        `insert into saga.event (saga_id, seq, type, data, actor)
         values ($1, $2, $3, $4::text::json, $5)`,
        [sagaId, first + index, event.type, jsonLines([event.data]), event.actor],
      ),
    ),
  ]);
}
