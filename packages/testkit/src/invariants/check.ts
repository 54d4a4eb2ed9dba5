import type { Cluster } from '../cluster/index.ts';
import type { JournalEntry } from '../memory/index.ts';
import {
  compensatedIsUndone,
  completedIsComplete,
  effectsHappenOnce,
  intentComesFirst,
  nothingAfterItsUndo,
  nothingUndonePastThePivot,
  retriesSayTheSame,
} from './effects.ts';
import { cancelForbidsPivot, lettersAreReadOnce } from './letters.ts';
import {
  endLetsGo,
  fenceNeverFalls,
  logIsGapless,
  movesAreAllowed,
  rowIsFoldOfLog,
} from './log.ts';
import type { Invariant, Violation } from './violation.ts';

/** What holds for every saga at any time. */
export const invariants: Readonly<Record<string, Invariant>> = {
  logIsGapless,
  rowIsFoldOfLog,
  fenceNeverFalls,
  movesAreAllowed,
  endLetsGo,
  effectsHappenOnce,
  nothingAfterItsUndo,
  intentComesFirst,
  retriesSayTheSame,
  cancelForbidsPivot,
  lettersAreReadOnce,
  completedIsComplete,
  compensatedIsUndone,
  nothingUndonePastThePivot,
};

/**
 * Checks all that a cluster has done, from its tables and from the journal that its services kept.
 *
 * @param accepted ids of the sagas whose acceptance was acknowledged
 */
export function checkInvariants(cluster: Cluster, accepted: readonly string[]): Violation[] {
  const { database, services, faults } = cluster;
  const { instances, logs, mail, ready } = database.tables;
  const calls = bySaga(services.journal.entries);
  const violations: Violation[] = [];
  for (const sagaId of accepted) {
    const instance = instances.get(sagaId);
    if (!instance) {
      violations.push({ invariant: 'nothingIsLost', sagaId, detail: 'it is not there' });
      continue;
    }
    const evidence = {
      definition: cluster.definitionOf(sagaId),
      instance,
      log: logs.get(sagaId) ?? [],
      calls: calls.get(sagaId) ?? [],
      mail: mail.get(sagaId) ?? [],
      isReady: ready.has(sagaId),
    };
    for (const [invariant, check] of Object.entries(invariants)) {
      for (const detail of check(evidence)) violations.push({ invariant, sagaId, detail });
    }
  }
  for (const [key, count] of services.counters) {
    if (count === 0 || count === 1) continue;
    const [sagaId = ''] = key.split('/');
    const detail = `${key} is in the world ${count} times`;
    violations.push({ invariant: 'effectsHappenOnce', sagaId, detail });
  }
  for (const fault of faults) {
    const detail = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
    violations.push({ invariant: 'engineReportsNoFault', sagaId: '-', detail });
  }
  return violations;
}

function bySaga(entries: readonly JournalEntry[]): Map<string, JournalEntry[]> {
  const groups = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.sagaId);
    if (group) group.push(entry);
    else groups.set(entry.sagaId, [entry]);
  }
  return groups;
}
