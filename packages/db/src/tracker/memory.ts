import { isTerminal } from '@counterstep/saga-core/machine';
import type { LogState } from './log-state.ts';

/** Which log it is: a rebuild writes another one of the same length. */
export interface Place {
  readonly seq: number;
  readonly generation: number;
}

/**
 * Logs as the folds and launches of one worker have left them, so that the next fold need not read them.
 * A log only grows: where the saga's row is still at the remembered place, so is its log; otherwise it is
 * read.
 */
export interface Memory {
  has(sagaId: string): boolean;
  at(sagaId: string, place: Place): LogState | undefined;
  keep(sagaId: string, generation: number, log: LogState): void;
  forget(sagaIds: readonly string[]): void;
}

/** Some kilobytes each. A saga that is forgotten costs one reading of its log. */
const sagasMax = 4_000;

export function createMemory(max = sagasMax): Memory {
  const logs = new Map<string, LogState & { readonly generation: number }>();
  return {
    has: (sagaId) => logs.has(sagaId),
    at(sagaId, { seq, generation }) {
      const log = logs.get(sagaId);
      return log?.state.seq === seq && log.generation === generation ? log : undefined;
    },
    keep(sagaId, generation, log) {
      logs.delete(sagaId);
      if (isTerminal(log.state.phase.status)) return;
      logs.set(sagaId, { generation, ...log });
      const [oldest] = logs.keys();
      if (logs.size > max && oldest !== undefined) logs.delete(oldest);
    },
    forget(sagaIds) {
      for (const sagaId of sagaIds) logs.delete(sagaId);
    },
  };
}
