import type { SagaShape } from '@counterstep/saga-core/definition';
import { type EventOf, isTerminal, type SagaState } from '@counterstep/saga-core/machine';
import type { Cluster } from '../cluster/index.ts';
import { type LetterContent, operate, sendLetter } from '../memory/index.ts';

type Act = EventOf<'OperatorActed'>['data'];

/** A letter to one of the open sagas, of a kind that chance chooses. */
export function writeSomeLetter({ sim, database, open, definitionOf }: Cluster): void {
  const ids = open();
  if (ids.length === 0) return;
  const sagaId = sim.random.pick(ids);
  const signals = signalsOf(definitionOf(sagaId));
  const kinds = ['cancel', 'pause', 'resume', 'resume', 'signal', 'signal', 'signal'] as const;
  const kind = sim.random.pick(kinds);
  if (kind !== 'signal') {
    // Whoever cancels most sagas sees little of the way forward.
    if (kind !== 'cancel' || sim.random.chance(0.4)) sendLetter(database, sagaId, { kind });
    return;
  }
  if (signals.length === 0) return;
  const signal = sim.random.pick(signals);
  sendLetter(database, sagaId, { kind, signal, payload: { n: sim.random.integer(1, 2) } });
}

/** An act on one of the stuck sagas: any that is possible, now and then on an outdated view. */
export function operateSomehow(cluster: Cluster): void {
  const { sim, database } = cluster;
  const stuck = stuckSagas(cluster);
  if (stuck.length === 0) return;
  const { sagaId, seq } = sim.random.pick(stuck);
  const seen = sim.random.chance(0.1) ? seq - 1 : seq;
  const acts: readonly Act[] = [
    ...Array.from({ length: 4 }, (): Act => ({ action: 'retry', reason: 'again' })),
    { action: 'retry', reason: 'corrected', input: { id: sagaId, correction: seq } },
    { action: 'skip', reason: 'not needed' },
    { action: 'settle', reason: 'seen', as: 'done', output: { step: 'by hand' } },
    { action: 'settle', reason: 'not seen', as: 'not-done' },
    { action: 'compensate', reason: 'given up' },
    { action: 'resolve', reason: 'settled elsewhere' },
  ];
  operate(database, cluster.definitionOf(sagaId), sagaId, seen, sim.random.pick(acts));
}

/** What people do until all is done: go on with what pauses, send what is waited for, retry. */
export class Caretaker {
  readonly #cluster: Cluster;
  readonly #retries = new Map<string, number>();
  /** Sagas that no retry could move: their key was closed by hand, and only a word ends them. */
  readonly resolved = new Set<string>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  look(): void {
    const { database, definitionOf, open } = this.#cluster;
    for (const sagaId of open()) {
      const state = database.tables.instances.get(sagaId)?.state;
      if (!state) continue;
      if (state.paused) sendLetter(database, sagaId, { kind: 'resume' });
      for (const signal of signalsOf(definitionOf(sagaId))) {
        const letter: LetterContent = { kind: 'signal', signal, payload: { n: 1 } };
        if (isAwaited(state, signal)) sendLetter(database, sagaId, letter);
      }
    }
    for (const { sagaId, seq } of stuckSagas(this.#cluster)) this.#retry(sagaId, seq);
  }

  #retry(sagaId: string, seq: number): void {
    const { database, definitionOf } = this.#cluster;
    const retries = (this.#retries.get(sagaId) ?? 0) + 1;
    this.#retries.set(sagaId, retries);
    const action = retries > retriesMax ? 'resolve' : 'retry';
    if (action === 'resolve') this.resolved.add(sagaId);
    operate(database, definitionOf(sagaId), sagaId, seq, { action, reason: caretakerReason });
  }
}

const retriesMax = 4;
export const caretakerReason = 'caretaker';

function stuckSagas({ database }: Cluster) {
  return [...database.tables.instances.values()].filter(
    ({ state, owner }) => state.phase.status === 'stuck' && owner === null,
  );
}

function isAwaited(state: SagaState, signal: string): boolean {
  const forward = state.steps[signal]?.forward;
  const isOpen = !isTerminal(state.phase.status);
  return isOpen && forward?.status === 'waiting' && forward.for === 'signal';
}

function signalsOf({ steps }: SagaShape): string[] {
  return steps.filter(({ action }) => action.kind === 'signal').map(({ name }) => name);
}
