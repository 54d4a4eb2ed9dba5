import type { SagaShape, Work } from '@counterstep/saga-core/definition';
import type { Participants } from '@counterstep/saga-core/engine';
import type {
  Command,
  Direction,
  EffectKey,
  Failure,
  Json,
  Outcome,
  Participant,
} from '@counterstep/saga-core/participant';
import type { Simulation } from '../time/index.ts';
import { Barrier, type Decision } from './barrier.ts';
import { createJournal, type Journal } from './journal.ts';

/** A call as the business of a service sees it. */
export interface ServiceCall {
  readonly operation: string;
  readonly sagaId: string;
  readonly step: string;
  readonly direction: Direction;
  readonly attempt: number;
  readonly request: Json;
  /** Compensations only: what the action answered. */
  readonly done: Json | undefined;
}

/**
 * What services say. `transient` and `unknown` come before anything is done; to lose an answer
 * afterwards is the network's part.
 */
export type ServiceAnswer =
  Decision | { readonly kind: 'transient' | 'unknown'; readonly error: Failure };

/** All services of a simulation, behind one barrier, with one journal. */
export interface MemoryServices {
  readonly journal: Journal;
  readonly barrier: Barrier;
  /** Effects that are in the world: one more for each action, one less for each counter-step. */
  readonly counters: ReadonlyMap<string, number>;
  execute(command: Command): Outcome;
  close(key: EffectKey): ReturnType<Barrier['close']>;
}

/** Services that say yes to everything. */
const always = (): ServiceAnswer => ({ kind: 'applied', output: null });

export function createMemoryServices(
  sim: Simulation,
  answer: (call: ServiceCall) => ServiceAnswer = always,
): MemoryServices {
  const journal = createJournal(sim);
  const barrier = new Barrier();
  const counters = new Map<string, number>();

  function execute(command: Command): Outcome {
    const { sagaId, step, direction, attempt, generation, operation, request } = command;
    let refusal: Outcome | undefined;
    const decide = (done: Json | undefined): Decision => {
      const call = { operation, sagaId, step, direction, attempt, request, done };
      const said = answer(call);
      if (said.kind === 'applied' || said.kind === 'rejected') return said;
      refusal = said;
      throw new NothingDone();
    };
    let answered: ReturnType<Barrier['execute']>;
    try {
      answered = barrier.execute(command, sim.nowMs, decide);
    } catch (error) {
      if (!(error instanceof NothingDone) || !refusal) throw error;
      answered = { outcome: refusal, isEffect: false };
    }
    const { outcome, isEffect } = answered;
    if (isEffect) {
      const key = `${sagaId}/${step}`;
      counters.set(key, (counters.get(key) ?? 0) + (direction === 'action' ? 1 : -1));
    }
    journal.add({
      verb: 'execute',
      sagaId,
      step,
      direction,
      attempt,
      generation,
      operation,
      request,
      answer: outcome.kind,
      isEffect,
    });
    return outcome;
  }

  return {
    journal,
    barrier,
    counters,
    execute,
    close(key) {
      const outcome = barrier.close(key);
      const { sagaId, step } = key;
      const entry = {
        verb: 'close',
        sagaId,
        step,
        direction: 'action',
        attempt: 0,
        generation: 0,
      } as const;
      journal.add({
        ...entry,
        operation: 'close',
        request: null,
        answer: outcome.kind,
        isEffect: false,
      });
      return outcome;
    },
  };
}

/** Leaves the barrier without a trace, as a rolled back transaction does. */
class NothingDone extends Error {
  override readonly name = 'NothingDone';
}

/** Participants for every service that the definitions call. */
export function memoryParticipants(
  services: MemoryServices,
  definitions: readonly SagaShape[],
): Participants {
  const participant: Participant = {
    execute: (command) => Promise.resolve(services.execute(command)),
    close: (key) => Promise.resolve(services.close(key)),
    fence: (sagaId) => Promise.resolve(services.barrier.fence(sagaId)),
  };
  const names = definitions
    .flatMap(({ steps }) => steps.flatMap((step) => [step.action, step.compensation]))
    .filter((work): work is Extract<Work, { kind: 'operation' }> => work?.kind === 'operation')
    .map(({ operation }) => operation.service);
  return new Map(names.map((name) => [name, participant]));
}
