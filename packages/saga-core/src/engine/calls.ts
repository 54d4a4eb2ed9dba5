import { type SagaShape, stepOf } from '../definition/index.ts';
import {
  type Action,
  reconcile,
  type SagaEvent,
  type SagaState,
  settle,
} from '../machine/index.ts';
import { type Direction, type Failure, failureOf, type Outcome } from '../participant/index.ts';
import type { Bulkhead, Permit } from './bulkhead.ts';
import { callStep, type CallPorts } from './call.ts';
import { closeStep } from './close.ts';
import { fenceServices } from './fence.ts';
import type { AttributedEvent } from './ports.ts';

export interface CallsOptions extends CallPorts {
  readonly sagaId: string;
  readonly definition: SagaShape;
  readonly bulkhead: Bulkhead;
  readonly random: () => number;
  readonly actor: string;
  /** The saga as it is when it is asked for. */
  readonly state: () => SagaState;
  /** Nobody needs answers any more. */
  readonly isMoot: () => boolean;
  readonly onAnswer: () => void;
}

/** A service that is away strands many sagas at once; each comes back for it this much later. */
const fenceAgainMs = 10_000;

/** What an action came to, as facts about the state that they are folded into. */
type Answer = () => readonly AttributedEvent[];

/** The calls of one saga that are under way, and the answers that nobody has folded yet. */
export class Calls {
  readonly #options: CallsOptions;
  /** Started, and not folded yet: what was planned meanwhile must not start it again. */
  readonly #underWay = new Set<string>();
  /** Places at services for what has been sent, or is about to be. */
  readonly #permits = new Map<string, Permit>();
  /** A service could not be fenced: stay away for so long, and hold no place meanwhile. */
  #awayMs: number | undefined;
  #answers: { readonly name?: string; readonly answer: Answer }[] = [];
  #ended = false;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#underWay.size;
  }

  get hasAnswers(): boolean {
    return this.#answers.length > 0;
  }

  /** Starts an action, unless it is under way. */
  begin(action: Action): void {
    const name = nameOf(action);
    if (this.#underWay.has(name)) return;
    this.#underWay.add(name);
    // What is sent again after a takeover, and every close, has not asked for a place before.
    const service = this.#calledBy(action);
    if (service !== undefined && !this.#permits.has(name)) {
      this.#permits.set(name, this.#options.bulkhead.force(service));
    }
    void this.#answerTo(action).then((answer) => {
      this.#permits.get(name)?.release();
      this.#permits.delete(name);
      this.#note(answer, name);
    });
  }

  /** The answers that have come since the last time, as facts. */
  take(): AttributedEvent[] {
    const answers = this.#answers;
    this.#answers = [];
    const facts: AttributedEvent[] = [];
    for (const { name, answer } of answers) {
      if (name !== undefined) this.#underWay.delete(name);
      facts.push(...answer());
    }
    return facts;
  }

  /**
   * Takes places at the services that are about to be called; says how long to stay away, ms, when one
   * has no room. A call under way keeps its saga here, and all its calls are made.
   */
  enter(events: readonly SagaEvent[]): number | undefined {
    if (this.#awayMs !== undefined && this.count === 0) return this.#awayMs;
    for (const event of events) {
      if (event.type !== 'StepDispatched' && event.type !== 'CompensationDispatched') continue;
      const { step, attempt } = event;
      const direction = event.type === 'StepDispatched' ? 'action' : 'compensation';
      const service = this.#serviceOf(step, direction);
      const name = nameOf({ kind: 'execute', step, direction, attempt });
      if (service === undefined || this.#permits.has(name)) continue;
      const { bulkhead } = this.#options;
      const permit = this.count > 0 ? bulkhead.force(service) : bulkhead.enter(service);
      if ('awayMs' in permit) return permit.awayMs;
      this.#permits.set(name, permit);
    }
    return undefined;
  }

  /** From here on nobody listens. */
  end(): void {
    this.#ended = true;
    for (const permit of this.#permits.values()) permit.release();
    this.#permits.clear();
  }

  /** @param name of the action; absent for a reply that nobody waits for any more */
  #note(answer: Answer, name?: string): void {
    if (this.#ended) return;
    this.#answers.push({ answer, ...(name !== undefined && { name }) });
    this.#options.onAnswer();
  }

  #answerTo(action: Action): Promise<Answer> {
    switch (action.kind) {
      case 'execute':
        return this.#execute(action);
      case 'close':
        return this.#close(action.step);
      case 'fence':
        return this.#fence(action.epoch);
    }
  }

  async #execute({
    step: name,
    direction,
    attempt,
  }: Extract<Action, { kind: 'execute' }>): Promise<Answer> {
    const { sagaId, definition, clock, random, actor, state } = this.#options;
    const step = stepOf(definition, name);
    const service = this.#serviceOf(name, direction);
    const answerOf =
      (outcome: Outcome): Answer =>
      () => {
        const moment = { now: clock.now(), random: random() };
        const answered = outcome.kind !== 'unknown' && outcome.kind !== 'transient';
        const by = answered && service !== undefined ? service : actor;
        const events = settle(state(), step, direction, attempt, outcome, moment);
        return events.map((event) => ({
          actor: event.type === 'RetryScheduled' ? actor : by,
          ...event,
        }));
      };
    const call = { sagaId, state: state(), step, direction, attempt };
    try {
      return answerOf(await callStep(this.#options, call, (late) => this.#note(answerOf(late))));
    } catch (error) {
      // A fault of ours, not of the step: it must end neither the process nor the saga.
      return answerOf({ kind: 'unknown', error: failureOf(error, 'CALL_FAILED') });
    }
  }

  async #close(name: string): Promise<Answer> {
    const { sagaId, definition, actor, random, state, isMoot } = this.#options;
    const call = { sagaId, state: state(), step: stepOf(definition, name) };
    const closed = await closeStep(this.#options, call, { random, isMoot });
    if (!closed) return () => [];
    return () =>
      'event' in closed
        ? [{ ...closed.event, actor: closed.actor ?? actor }]
        : this.#stuckOnClose(name, closed.failure);
  }

  async #fence(epoch: number): Promise<Answer> {
    const { sagaId, definition, actor, random, state, isMoot } = this.#options;
    const request = { sagaId, definition, epoch, random, isMoot };
    const effects = await fenceServices(this.#options, request);
    if (!effects) {
      this.#awayMs = fenceAgainMs;
      return () => [];
    }
    return () =>
      reconcile(definition, state(), epoch, effects).map((event) => ({ actor, ...event }));
  }

  #stuckOnClose(step: string, error: Failure): AttributedEvent[] {
    const { actor, state } = this.#options;
    const { cancel } = state();
    const refusal: AttributedEvent[] =
      cancel && !cancel.refused
        ? [{ type: 'CancelRefused', data: { reason: 'Its outcome is not known yet.' }, actor }]
        : [];
    return [...refusal, { type: 'SagaStuck', data: { direction: 'action', step, error }, actor }];
  }

  /** One place at one service; a fence is short, and asks all of them. */
  #calledBy(action: Action): string | undefined {
    if (action.kind === 'fence') return undefined;
    return this.#serviceOf(action.step, action.kind === 'close' ? 'action' : action.direction);
  }

  #serviceOf(name: string, direction: Direction): string | undefined {
    const step = stepOf(this.#options.definition, name);
    const work = direction === 'action' ? step.action : step.compensation;
    return work?.kind === 'operation' ? work.operation.service : undefined;
  }
}

function nameOf(action: Action): string {
  switch (action.kind) {
    case 'execute':
      return `${action.step}:${action.direction}#${action.attempt}`;
    case 'close':
      return `${action.step}:close`;
    case 'fence':
      return `fence#${action.epoch}`;
  }
}
