import { setTimeout as delay } from 'node:timers/promises';
import { type SagaShape, stepOf } from '../definition/index.ts';
import {
  type Due,
  evolve,
  initialState,
  type SagaEvent,
  type SagaState,
  settle,
  settleClose,
  takeTurn,
} from '../machine/index.ts';
import { failureOf } from '../participant/index.ts';
import { callStep, type Participants } from './call.ts';
import type {
  AttributedEvent,
  ClaimedSaga,
  Clock,
  Letter,
  Release,
  SagaStore,
  SagaWrite,
  WriteResult,
} from './ports.ts';

/** What all runs of one worker share. */
export interface RunContext {
  readonly store: SagaStore;
  readonly participants: Participants;
  readonly clock: Clock;
  readonly random: () => number;
  /** Actor of the engine's own events. */
  readonly actor: string;
  readonly write: (write: SagaWrite, run: Run) => Promise<WriteResult>;
}

/** Back-offs up to this stay with their owner; longer ones free the slot. */
const ownedWaitMs = 1_000;
const closeAttemptsMax = 5;
/** A run that failed by a fault of the engine is looked at again after this. */
const crashedRunMs = 5_000;

/**
 * One saga in the hands of one worker, from its claim to its release. Rules:
 * 1. An effect starts only after the write that holds its intent has committed.
 * 2. Facts and the decisions that follow from them travel in one write.
 * 3. A refused write means that the world has moved: read, decide again, or let go.
 */
export class Run {
  readonly sagaId: string;
  readonly #definition: SagaShape;
  readonly #context: RunContext;
  readonly #fence: bigint;
  /** A claim is a fact of the saga only when it has a new owner, or an intent to be sent again. */
  readonly #changesHands: boolean;
  #state: SagaState;
  #mailRead: number;
  #mailKnown: boolean;
  #stopping = false;
  #dropped = false;
  #interrupt = new AbortController();

  constructor(saga: ClaimedSaga, definition: SagaShape, context: RunContext) {
    this.sagaId = saga.sagaId;
    this.#definition = definition;
    this.#context = context;
    this.#fence = saga.fence;
    this.#mailRead = saga.mailRead;
    this.#mailKnown = !saga.mailWaiting;
    this.#state = saga.log
      ? saga.log.reduce<SagaState>(evolve, initialState)
      : { ...initialState, seq: saga.seq, input: saga.input };
    const lastOwner = saga.log?.findLast((event) => isByOwner(event))?.actor;
    this.#changesHands =
      lastOwner !== undefined && (lastOwner !== context.actor || hasOpenIntent(this.#state));
  }

  /** Letters have come: read them at the next safe moment. */
  nudge(): void {
    this.#mailKnown = false;
    this.#interrupt.abort();
  }

  /** Hand the saga back once the attempt under way is answered. */
  stop(): void {
    this.#stopping = true;
    this.#interrupt.abort();
  }

  /** The lease is gone: write nothing more. */
  drop(): void {
    this.#dropped = true;
    this.#interrupt.abort();
  }

  async drive(): Promise<void> {
    const { actor } = this.#context;
    let facts: AttributedEvent[] = this.#changesHands ? [{ ...this.#claimed(), actor }] : [];
    while (!this.#dropped) {
      if (!this.#mailKnown) facts = [...facts, ...(await this.#readMail())];
      const { clock } = this.#context;
      const turn = this.#stopping
        ? { state: facts.reduce<SagaState>(evolve, this.#state), events: facts, due: rest }
        : takeTurn(this.#definition, this.#state, facts, clock.now());
      const release = this.#stopping ? { runAt: clock.now() } : this.#releaseFor(turn.due);

      if (turn.events.length > 0 || release) {
        const events = turn.events.map((event) => ({ actor, ...event }));
        const result = await this.#write(events, turn.state, release);
        if (result.kind === 'lost') return;
        if (result.kind === 'unstorable') throw new Error(result.error.message);
        if (result.kind === 'mail') {
          this.#mailKnown = false;
          continue;
        }
        this.#state = turn.state;
        if (release) return;
        if (result.mailWaiting) this.#mailKnown = false;
      }
      facts = this.#mailKnown ? await this.#carryOut(turn.due) : [];
    }
  }

  /** After a fault of the engine itself: give the saga back, to be tried again later. */
  async abandon(): Promise<void> {
    const runAt = new Date(Date.parse(this.#context.clock.now()) + crashedRunMs).toISOString();
    await this.#write([], this.#state, { runAt });
  }

  async #carryOut(due: Exclude<Due, { do: 'record' }>): Promise<AttributedEvent[]> {
    switch (due.do) {
      case 'execute':
        return this.#execute(due);
      case 'close':
        return this.#close(due.step);
      case 'wait':
        await this.#waitUntil(due.until);
        return [];
      case 'rest':
        return [];
    }
  }

  async #execute({
    step: name,
    direction,
    attempt,
  }: Extract<Due, { do: 'execute' }>): Promise<AttributedEvent[]> {
    const { participants, clock, random, actor } = this.#context;
    const step = stepOf(this.#definition, name);
    const call = { sagaId: this.sagaId, state: this.#state, step, direction, attempt };
    const outcome = await callStep(participants, { ...call, now: clock.now() });
    const moment = { now: clock.now(), random: random() };
    const work = direction === 'action' ? step.action : step.compensation;
    const answered = outcome.kind !== 'unknown' && outcome.kind !== 'transient';
    const by = answered && work?.kind === 'operation' ? work.operation.service : actor;
    return settle(this.#state, step, direction, attempt, outcome, moment).map((event) => ({
      ...event,
      actor: event.type === 'RetryScheduled' ? actor : by,
    }));
  }

  async #close(name: string): Promise<AttributedEvent[]> {
    const { participants, actor } = this.#context;
    const step = stepOf(this.#definition, name);
    const key = { sagaId: this.sagaId, step: name, direction: 'action' as const };
    if (step.action.kind === 'function') {
      // Nobody to ask: an operator's word stands, anything else waits for one.
      return this.#state.steps[name]?.skipped || this.#state.resolving
        ? [{ ...settleClose(this.#state, step, { kind: 'closed' }), actor }]
        : this.#stuckOnClose(name, {
            code: 'NO_PROBE',
            message: 'Its outcome cannot be asked for.',
          });
    }
    const { service } = step.action.operation;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const outcome = await participants.get(service)?.close(key);
        if (!outcome) throw new Error(`No participant for service "${service}".`);
        return [{ ...settleClose(this.#state, step, outcome), actor: service }];
      } catch (error) {
        // The next owner closes it again.
        if (this.#stopping || this.#dropped) return [];
        if (attempt >= closeAttemptsMax) {
          return this.#stuckOnClose(name, failureOf(error, 'CLOSE_FAILED'));
        }
        await delay(100 * 2 ** attempt * this.#context.random());
      }
    }
  }

  #stuckOnClose(step: string, error: { code: string; message: string }): AttributedEvent[] {
    const { actor } = this.#context;
    const refusal: AttributedEvent[] =
      this.#state.cancel && !this.#state.cancel.refused
        ? [{ type: 'CancelRefused', data: { reason: 'Its outcome is not known yet.' }, actor }]
        : [];
    const stuck: SagaEvent = { type: 'SagaStuck', data: { direction: 'action', step, error } };
    return [...refusal, { ...stuck, actor }];
  }

  async #waitUntil(until: string): Promise<void> {
    if (this.#stopping) return;
    const ms = Math.max(0, Date.parse(until) - Date.parse(this.#context.clock.now()));
    this.#interrupt = new AbortController();
    await delay(ms, undefined, { signal: this.#interrupt.signal }).catch(() => undefined);
  }

  #releaseFor(due: Exclude<Due, { do: 'record' }>): Release | undefined {
    if (due.do === 'rest') return { runAt: null };
    if (due.do !== 'wait') return undefined;
    const ms = Date.parse(due.until) - Date.parse(this.#context.clock.now());
    return ms > ownedWaitMs ? { runAt: due.until } : undefined;
  }

  async #readMail(): Promise<AttributedEvent[]> {
    const letters = await this.#context.store.readMail(this.sagaId, this.#mailRead);
    this.#mailKnown = true;
    this.#mailRead = letters.at(-1)?.position ?? this.#mailRead;
    return letters.map((letter) => ({ ...factOf(letter), actor: letter.actor }));
  }

  /** Writes until the database has answered; the fence makes waiting safe. */
  async #write(
    events: readonly AttributedEvent[],
    state: SagaState,
    release: Release | undefined,
  ): Promise<WriteResult> {
    const write: SagaWrite = {
      sagaId: this.sagaId,
      fence: this.#fence,
      baseSeq: this.#state.seq,
      events,
      state,
      mailRead: this.#mailRead,
      ...(release && { release }),
      intendsPivot: events.some((event) => this.#isPivotIntent(event)),
    };
    for (let failures = 0; !this.#dropped; failures += 1) {
      try {
        return await this.#context.write(write, this);
      } catch {
        // Reported once for the whole batch; here it only matters that there is no answer yet.
        await delay(Math.min(1_000, 50 * 2 ** failures) * this.#context.random());
      }
    }
    return { kind: 'lost' };
  }

  #isPivotIntent(event: SagaEvent): boolean {
    return (
      event.type === 'StepDispatched' && stepOf(this.#definition, event.step).class === 'pivot'
    );
  }

  #claimed(): SagaEvent {
    const { actor } = this.#context;
    return { type: 'SagaClaimed', data: { workerId: actor, fence: Number(this.#fence) } };
  }
}

function isByOwner({ type }: SagaEvent): boolean {
  return type === 'StepDispatched' || type === 'CompensationDispatched' || type === 'SagaClaimed';
}

function hasOpenIntent({ steps }: SagaState): boolean {
  return Object.values(steps).some(
    ({ forward, backward }) =>
      forward.status === 'dispatched' || backward?.status === 'compensating',
  );
}

const rest = { do: 'rest' } as const;

function factOf({ kind, reason }: Letter): SagaEvent {
  switch (kind) {
    case 'cancel':
      return { type: 'CancelRequested', data: { reason } };
    case 'pause':
      return { type: 'SagaPaused', data: { reason } };
    case 'resume':
      return { type: 'SagaResumed', data: { reason } };
  }
}
