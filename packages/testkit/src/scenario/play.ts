import {
  evolve,
  initialState,
  type SagaEvent,
  type SagaState,
  takeTurn,
} from '@counterstep/saga-core/machine';
import { beginCall, type CallUnderWay } from './call.ts';
import type { Arrival, Script, Story } from './scenario.ts';

/** More turns than any scenario needs: a saga that does not come to rest. */
const turnsMax = 2_000;
const startMs = Date.UTC(2026, 0, 1);

/** Plays a script: after each turn whatever comes first happens, and time jumps to it. */
export function play(script: Script): Story {
  const stage = new Stage(script);
  for (let turns = 0; turns < turnsMax; turns += 1) {
    if (!stage.turn()) return stage.story();
  }
  throw new Error(`The scenario of "${script.definition.name}" does not come to rest.`);
}

class Stage {
  readonly #script: Script;
  readonly #calls: string[] = [];
  #log: SagaEvent[];
  #state: SagaState;
  #nowMs = startMs;
  #facts: readonly SagaEvent[] = [];
  #arrivals: readonly Arrival[];
  #underWay: CallUnderWay[] = [];
  /** Actions that have been begun, so that none is begun twice. */
  readonly #begun = new Set<string>();

  constructor(script: Script) {
    this.#script = script;
    this.#arrivals = script.arrivals;
    this.#log = [accepted(script), ...script.history];
    this.#state = this.#log.reduce<SagaState>(evolve, initialState);
  }

  /** Decides, begins what is due, and lets the next thing happen; false when nothing will. */
  turn(): boolean {
    const { definition } = this.#script;
    const { events, state, due } = takeTurn(definition, this.#state, this.#facts, this.#now());
    this.#log = [...this.#log, ...events];
    this.#state = state;
    this.#facts = [];
    if (due.do === 'act') for (const action of due.actions) this.#begin(action);
    const until = 'until' in due && due.until !== undefined ? Date.parse(due.until) : undefined;
    return this.#letArrive() || this.#letAnswer(until) || this.#letPass(until);
  }

  story(): Story {
    const { phase } = this.#state;
    return {
      status: phase.status,
      calls: this.#calls,
      elapsedMs: this.#nowMs - startMs,
      log: this.#log,
      state: this.#state,
    };
  }

  #begin(action: Parameters<typeof beginCall>[1]): void {
    const key = JSON.stringify(action);
    if (this.#begun.has(key)) return;
    this.#begun.add(key);
    const call = beginCall(this.#script, action, this.#calls, this.#nowMs);
    this.#calls.push(call.name);
    this.#underWay.push(call);
  }

  /** What comes from outside comes first: a cancel counts before the answer of the same moment. */
  #letArrive(): boolean {
    const arrival = this.#arrivals.find(({ when, event }) => this.#isDue(when, event));
    if (!arrival) return false;
    this.#arrivals = this.#arrivals.filter((other) => other !== arrival);
    this.#facts = [this.#timed(arrival.event)];
    return true;
  }

  #isDue(when: Arrival['when'], event: SagaEvent): boolean {
    if (when === 'stuck') return this.#state.phase.status === 'stuck';
    if (when === 'awaited') {
      const forward = 'step' in event ? this.#state.steps[event.step]?.forward : undefined;
      return forward?.status === 'waiting' && forward.for === 'signal';
    }
    if ('during' in when) return this.#underWay.some(({ name }) => name === when.during);
    return startMs + when.afterMs <= this.#nowMs;
  }

  #letAnswer(until: number | undefined): boolean {
    const [first] = this.#underWay.toSorted((a, b) => a.atMs - b.atMs);
    if (!first || first.atMs > Math.min(until ?? Infinity, this.#nextArrivalMs())) return false;
    this.#underWay = this.#underWay.filter((call) => call !== first);
    this.#begun.delete(JSON.stringify(first.action));
    this.#nowMs = Math.max(this.#nowMs, first.atMs);
    this.#facts = first.answer(this.#state, this.#now());
    return true;
  }

  #letPass(until: number | undefined): boolean {
    const nextMs = Math.min(until ?? Infinity, this.#nextArrivalMs());
    if (nextMs === Infinity) return false;
    this.#nowMs = Math.max(this.#nowMs, nextMs);
    return true;
  }

  #nextArrivalMs(): number {
    const times = this.#arrivals.flatMap(({ when }) =>
      typeof when === 'object' && 'afterMs' in when ? [startMs + when.afterMs] : [],
    );
    return Math.min(Infinity, ...times);
  }

  /** Pauses say when they were asked for: deadlines stand still from then on. */
  #timed(event: SagaEvent): SagaEvent {
    if (event.type !== 'SagaPaused' && event.type !== 'SagaResumed') return event;
    return { ...event, data: { ...event.data, at: this.#now() } };
  }

  #now(): string {
    return new Date(this.#nowMs).toISOString();
  }
}

function accepted({ definition, input }: Script): SagaEvent {
  const { name, version, deadlineMs } = definition;
  return {
    type: 'SagaAccepted',
    data: {
      definition: name,
      version,
      style: 'orchestration',
      input,
      ...(deadlineMs !== undefined && { deadlineAt: new Date(startMs + deadlineMs).toISOString() }),
    },
  };
}
