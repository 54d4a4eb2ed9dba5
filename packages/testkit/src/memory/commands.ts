import { definitionKey, type SagaShape } from '@counterstep/saga-core/definition';
import type { Letter } from '@counterstep/saga-core/engine';
import {
  type EventOf,
  evolve,
  initialState,
  isTerminal,
  refusalOf,
  type SagaEvent,
} from '@counterstep/saga-core/machine';
import { canonicalJson, type Json } from '@counterstep/saga-core/participant';
import { giveBack } from './store.ts';
import { append, copyOf, instanceOf, makeReady, type MemoryDatabase } from './tables.ts';

/** Accepts a saga, as a client's request does. One that is there already stays as it is. */
export function accept(
  database: MemoryDatabase,
  definition: SagaShape,
  saga: { readonly sagaId: string; readonly input: unknown; readonly actor?: string },
): void {
  const { sim, tables } = database;
  const { sagaId, actor = 'api' } = saga;
  if (tables.instances.has(sagaId)) return;
  const input = copyOf(saga.input) as Json;
  const { name, version, deadlineMs } = definition;
  const deadlineAt =
    deadlineMs === undefined ? null : new Date(Math.floor(sim.nowMs) + deadlineMs).toISOString();
  const event: SagaEvent = {
    type: 'SagaAccepted',
    data: {
      definition: name,
      version,
      style: 'orchestration',
      input,
      ...(deadlineAt !== null && { deadlineAt }),
    },
  };
  const instance = {
    sagaId,
    definition: name,
    version,
    input,
    deadlineAt,
    state: evolve(initialState, event),
    seq: 1,
    fence: 0n,
    owner: null,
    mailReceived: 0,
    mailRead: 0,
    updatedMs: sim.nowMs,
  };
  tables.instances.set(sagaId, instance);
  append(database, instance, [{ ...event, seq: 1, at: sim.now(), actor }]);
  tables.ready.set(sagaId, { runAtMs: sim.nowMs, definitionKey: definitionKey(definition) });
}

/** What is asked of a saga, or told to it. */
export type LetterContent =
  | { readonly kind: 'cancel' | 'pause' | 'resume'; readonly reason?: string }
  | { readonly kind: 'signal'; readonly signal: string; readonly payload: Json };

/** - `sent`: the owner will read it. `no-op`: it is happening already. `refused`: not in this state. */
export type LetterAnswer = 'sent' | 'no-op' | 'refused';

/** Puts a letter into a saga's mailbox, which becomes claimable when nobody owns it. */
export function sendLetter(
  database: MemoryDatabase,
  sagaId: string,
  letter: LetterContent,
): LetterAnswer {
  const saga = instanceOf(database, sagaId);
  const answer = judge(database, sagaId, letter);
  if (answer !== 'sent') return answer;
  const mail = database.tables.mail.get(sagaId) ?? [];
  database.tables.mail.set(sagaId, mail);
  saga.mailReceived += 1;
  const { reason = letter.kind } = letter.kind === 'signal' ? {} : letter;
  const head = { position: saga.mailReceived, reason, actor: 'api', at: database.sim.now() };
  mail.push({
    letter: copyOf({ ...head, ...letter, reason }) as Letter,
    tick: database.sim.tick(),
  });
  if (saga.owner === null) makeReady(database, saga, database.sim.nowMs);
  return 'sent';
}

function judge(database: MemoryDatabase, sagaId: string, letter: LetterContent): LetterAnswer {
  const { state } = instanceOf(database, sagaId);
  const log = database.tables.logs.get(sagaId) ?? [];
  const has = (type: string) => log.some(({ event }) => event.type === type);
  switch (letter.kind) {
    case 'cancel':
      if (isTerminal(state.phase.status) || has('PivotCommitted')) return 'refused';
      return has('CompensationStarted') ? 'no-op' : 'sent';
    case 'pause': {
      const { status } = state.phase;
      return isTerminal(status) || status === 'stuck' || state.paused ? 'refused' : 'sent';
    }
    case 'resume':
      return state.paused ? 'sent' : 'refused';
    case 'signal': {
      const before = database.tables.mail
        .get(sagaId)
        ?.map((posted) => posted.letter)
        .find((sent) => sent.kind === 'signal' && sent.signal === letter.signal);
      if (before?.kind === 'signal') {
        const isSame = canonicalJson(before.payload) === canonicalJson(letter.payload);
        return isSame ? 'no-op' : 'refused';
      }
      return isTerminal(state.phase.status) ? 'refused' : 'sent';
    }
  }
}

/** An operator's act on a stuck saga; the act of one who has not seen its last event is refused. */
export function operate(
  database: MemoryDatabase,
  definition: SagaShape,
  sagaId: string,
  expectedSeq: number,
  act: EventOf<'OperatorActed'>['data'],
): 'done' | 'conflict' | 'refused' {
  const saga = instanceOf(database, sagaId);
  if (saga.seq !== expectedSeq || saga.owner !== null) return 'conflict';
  if (refusalOf(definition.steps, saga.state, act.action, act.as)) return 'refused';
  const event: SagaEvent = { type: 'OperatorActed', data: act };
  saga.fence += 1n;
  saga.seq += 1;
  saga.state = evolve(saga.state, event);
  saga.updatedMs = database.sim.nowMs;
  append(database, saga, [{ ...event, seq: saga.seq, at: database.sim.now(), actor: 'operator' }]);
  makeReady(database, saga, database.sim.nowMs);
  return 'done';
}

/** Declares a worker dead; its sagas become claimable. Returns how many there were. */
export function reap(database: MemoryDatabase, workerId: string): number {
  const orphans = [...database.tables.instances.values()].filter(({ owner }) => owner === workerId);
  for (const saga of orphans) giveBack(database, saga);
  return orphans.length;
}
