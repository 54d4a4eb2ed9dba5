import type { Direction, Json, Outcome } from '@counterstep/saga-core/participant';
import type { Simulation } from '../time/index.ts';

/** One call as it reached a service or a function, whoever made it and whatever became of the caller. */
export interface JournalEntry {
  /** Its place in the order of everything that happened. */
  readonly tick: number;
  readonly at: string;
  readonly verb: 'execute' | 'close' | 'function';
  readonly sagaId: string;
  readonly step: string;
  readonly direction: Direction;
  readonly attempt: number;
  /** Operations only; 0 elsewhere. */
  readonly generation: number;
  readonly operation: string;
  readonly request: Json;
  readonly answer: Outcome['kind'] | 'threw';
  /** This call, and no earlier one, made the effect. */
  readonly isEffect: boolean;
}

/**
 * What services and functions saw: written by none of the code under test, append-only, and so a
 * witness against it.
 */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  add(entry: Omit<JournalEntry, 'tick' | 'at'>): void;
}

export function createJournal(sim: Simulation): Journal & { readonly entries: JournalEntry[] } {
  const entries: JournalEntry[] = [];
  return {
    entries,
    add(entry) {
      entries.push({ ...entry, tick: sim.tick(), at: sim.now() });
    },
  };
}
