import { type SagaShape, stepOf } from '../definition/index.ts';
import {
  type Due,
  evolve,
  type SagaEvent,
  type SagaState,
  signalTimeout,
  takeTurn,
  type Turn,
} from '../machine/index.ts';
import type { Failure } from '../participant/index.ts';
import type { Bulkhead } from './bulkhead.ts';
import type { CallPorts } from './call.ts';
import { Calls } from './calls.ts';
import { factOf, hasOpenIntent, isByOwner, stateOfClaim, unstorableFact } from './facts.ts';
import { type Alarm, createAlarm } from './lifecycle.ts';
import type {
  AttributedEvent,
  ClaimedSaga,
  FirstWrite,
  Release,
  SagaStore,
  SagaWrite,
  WriteResult,
} from './ports.ts';
import { sleep } from './system-time.ts';

/** What all runs of one worker share. */
export interface RunContext extends CallPorts {
  readonly store: SagaStore;
  readonly bulkhead: Bulkhead;
  readonly random: () => number;
  /** Actor of the engine's own events. */
  readonly actor: string;
  readonly write: (write: SagaWrite, run: Run) => Promise<WriteResult>;
}

/** Back-offs up to this stay with their owner; longer ones free the slot. */
const ownedWaitMs = 1_000;
/** A run that failed by a fault of the engine is looked at again after this. */
const crashedRunMs = 5_000;

type Rest = Exclude<Due, { do: 'record' }>;

/**
 * One saga in the hands of one worker, from its claim to its release. Rules:
 * 1. An effect starts only after the write that holds its intent has committed.
 * 2. Facts and the decisions that follow from them travel in one write.
 * 3. A refused write means that the world has moved: read, decide again, or let go.
 * 4. Steps may run at once, writes never: each write says what it builds on.
 */
export class Run {
  readonly sagaId: string;
  readonly #definition: SagaShape;
  readonly #context: RunContext;
  readonly #fence: bigint;
  readonly #calls: Calls;
  readonly #bell: Alarm;
  /** A claim is a fact of the saga only when it has a new owner, or an intent to be sent again. */
  readonly #changesHands: boolean;
  readonly #isNew: boolean;
  #state: SagaState;
  /** What the first write says, which may travel with the claim. */
  #first: Turn | undefined;
  #mailRead: number;
  #mailKnown: boolean;
  #stopping = false;
  #dropped = false;

  constructor(saga: ClaimedSaga, definition: SagaShape, context: RunContext) {
    this.sagaId = saga.sagaId;
    this.#definition = definition;
    this.#context = context;
    this.#fence = saga.fence;
    this.#mailRead = saga.mailRead;
    this.#mailKnown = !saga.mailWaiting;
    this.#bell = createAlarm(context.clock);
    this.#calls = new Calls({
      sagaId: saga.sagaId,
      definition,
      state: () => this.#state,
      isMoot: () => this.#stopping || this.#dropped,
      onAnswer: () => this.#bell.wake(),
      ...context,
    });
    this.#state = stateOfClaim(saga);
    this.#isNew = saga.log === undefined && !saga.mailWaiting;
    const lastOwner = saga.log?.findLast((event) => isByOwner(event))?.actor;
    this.#changesHands =
      lastOwner !== undefined && (lastOwner !== context.actor || hasOpenIntent(this.#state));
  }

  /** Letters have come: read them at the next safe moment. */
  nudge(): void {
    this.#mailKnown = false;
    this.#bell.wake();
  }

  /** Hand the saga back once the attempts under way are answered. */
  stop(): void {
    this.#stopping = true;
    this.#bell.wake();
  }

  /** The lease is gone: write nothing more. */
  drop(): void {
    this.#dropped = true;
    this.#bell.wake();
  }

  /** The write that the claim of a new saga can take along. */
  firstWrite(): FirstWrite | undefined {
    if (!this.#isNew) return undefined;
    const { turn, release } = this.#decide([], false);
    if (release || turn.events.length === 0) return undefined;
    this.#first = turn;
    return { events: this.#attributed(turn.events), state: turn.state };
  }

  /** The claim came to nothing: gives back what was taken for it. */
  discard(): void {
    this.#calls.end();
  }

  /** @param hasBegun the first write has been made */
  async drive(hasBegun: boolean): Promise<void> {
    try {
      await this.#drive(hasBegun ? this.#first : undefined);
    } finally {
      this.#calls.end();
    }
  }

  /** After a fault of the engine itself: give the saga back, to be tried again later. */
  async abandon(): Promise<void> {
    await this.#write([], this.#state, { runAt: this.#timeIn(crashedRunMs) });
  }

  async #drive(first: Turn | undefined): Promise<void> {
    let facts: AttributedEvent[] = this.#changesHands ? [this.#claimed()] : [];
    if (first) {
      this.#state = first.state;
      facts = await this.#next(first.due);
    }
    let areAlone: boolean = false;
    while (!this.#dropped) {
      if (!this.#mailKnown) facts = [...facts, ...(await this.#readMail())];
      const { turn, release } = this.#decide(facts, areAlone);
      if (turn.events.length > 0 || release) {
        const result = await this.#write(this.#attributed(turn.events), turn.state, release);
        if (result.kind === 'lost') return;
        if (result.kind === 'mail') {
          this.#mailKnown = false;
          continue;
        }
        if (result.kind === 'unstorable') {
          // First without the decisions: it may be one of them that cannot be kept.
          areAlone = facts.length > 0 && turn.events.length > facts.length;
          if (!areAlone) facts = this.#withoutUnstorable(facts, turn.events, result.error);
          continue;
        }
        this.#state = turn.state;
        if (release) return;
        if (result.mailWaiting) this.#mailKnown = false;
      }
      // What follows from facts that were written alone is still to be decided.
      facts = areAlone ? [] : await this.#next(turn.due);
      areAlone = false;
    }
  }

  /** @param areAlone write the facts without what follows from them */
  #decide(facts: readonly SagaEvent[], areAlone: boolean): { turn: Turn; release?: Release } {
    const factsAlone = (): Turn => {
      return { state: facts.reduce<SagaState>(evolve, this.#state), events: facts, due: rest };
    };
    if (areAlone) return { turn: factsAlone() };
    if (this.#stopping) {
      const isBusy = this.#calls.count > 0;
      return { turn: factsAlone(), ...(!isBusy && { release: { runAt: this.#timeIn(0) } }) };
    }
    const { clock, random } = this.#context;
    const turn = takeTurn(this.#definition, this.#state, facts, clock.now());
    const awayMs = this.#calls.enter(turn.events);
    if (awayMs !== undefined) {
      return {
        turn: factsAlone(),
        release: { runAt: this.#timeIn(awayMs * (0.5 + random() / 2)) },
      };
    }
    const release = this.#releaseFor(turn.due);
    return { turn, ...(release && { release }) };
  }

  /** Starts what is due and waits for whatever comes first: an answer, a letter, a time, the end. */
  async #next(due: Rest): Promise<AttributedEvent[]> {
    if (!this.#mailKnown) return [];
    if (due.do === 'act' && !this.#stopping)
      for (const action of due.actions) this.#calls.begin(action);
    const until = due.do === 'act' || due.do === 'wait' ? due.until : undefined;
    if (!this.#calls.hasAnswers && !this.#isDisturbed()) {
      await this.#bell.wait(until === undefined ? Infinity : this.#msUntil(until));
    }
    return this.#calls.take();
  }

  #isDisturbed(): boolean {
    const isIdle = this.#stopping && this.#calls.count === 0;
    return this.#dropped || !this.#mailKnown || isIdle;
  }

  /** Says of one outcome, or of one decision, that it cannot be kept; the other facts stay. */
  #withoutUnstorable(
    facts: readonly AttributedEvent[],
    events: readonly SagaEvent[],
    error: Failure,
  ): AttributedEvent[] {
    const { actor } = this.#context;
    const culprit = facts.findIndex((event) => event.type === 'StepSucceeded');
    const decision = events.find((event) => !facts.some((fact) => fact.type === event.type));
    const blamed = facts[culprit] ?? decision;
    const fact = blamed && unstorableFact(this.#state, blamed, error);
    if (!fact) throw new Error(`The log of ${this.sagaId} cannot be written: ${error.message}`);
    return culprit < 0
      ? [...facts, { ...fact, actor }]
      : facts.map((event, index) => (index === culprit ? { ...fact, actor } : event));
  }

  #releaseFor(due: Rest): Release | undefined {
    if (due.do === 'rest') return { runAt: null };
    if (due.do !== 'wait') return undefined;
    return this.#msUntil(due.until) > ownedWaitMs ? { runAt: due.until } : undefined;
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
    const { clock, random } = this.#context;
    const write: SagaWrite = {
      sagaId: this.sagaId,
      fence: this.#fence,
      baseSeq: this.#state.seq,
      events,
      state,
      mailRead: this.#mailRead,
      ...(release && { release }),
      needsMailRead: events.some((event) => this.#mustKnowMail(event)),
    };
    for (let failures = 0; !this.#dropped; failures += 1) {
      try {
        return await this.#context.write(write, this);
      } catch {
        // Reported once for the whole batch; here it only matters that there is no answer yet.
        await sleep(clock, Math.min(1_000, 50 * 2 ** failures) * random());
      }
    }
    return { kind: 'lost' };
  }

  /** A cancel must not be overlooked by a pivot, nor a signal by its own timeout. */
  #mustKnowMail(event: SagaEvent): boolean {
    if (event.type === 'StepDispatched') {
      return stepOf(this.#definition, event.step).class === 'pivot';
    }
    return (
      (event.type === 'TimerFired' && event.data.timer === 'signal') ||
      (event.type === 'StepFailed' && event.data.error.code === signalTimeout)
    );
  }

  #attributed(events: readonly SagaEvent[]): AttributedEvent[] {
    return events.map((event) => ({ actor: this.#context.actor, ...event }));
  }

  #claimed(): AttributedEvent {
    const { actor } = this.#context;
    const data = { workerId: actor, fence: Number(this.#fence) };
    return { type: 'SagaClaimed', data, actor };
  }

  #msUntil(time: string): number {
    return Math.max(0, Date.parse(time) - Date.parse(this.#context.clock.now()));
  }

  #timeIn(ms: number): string {
    return new Date(Date.parse(this.#context.clock.now()) + ms).toISOString();
  }
}

const rest = { do: 'rest' } as const;
