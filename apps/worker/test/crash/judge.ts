import { isDeepStrictEqual } from 'node:util';
import { readLogs, summarise } from '@counterstep/db/store';
import {
  evolve,
  initialState,
  type RecordedEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { runAudit } from '@counterstep/services/audit';
import { type Books, readBooks } from './books.ts';
import { copiesOf, judgeCalls } from './calls.ts';
import type { Rig } from './rig.ts';
import type { Scenario } from './scenarios.ts';

/** What is wrong with a run that has come to its end, one sentence each. */
export async function judge(
  rig: Rig,
  scenario: Scenario,
  sagaId: string,
  undisturbed?: Books,
): Promise<string[]> {
  const log = (await readLogs(rig.saga, [sagaId])).get(sagaId) ?? [];
  const { status, faults } = await judgeRow(rig, sagaId, log);
  const audit = await runAudit({ databases: rig.databases, saga: rig.saga });
  const books = await readBooks(rig);
  const calls = await rig.journal.read();
  return [
    ...faults,
    ...judgeEnd(scenario, status, undisturbed ? log : []),
    ...audit.invariants.flatMap(({ name, violations }) =>
      violations.map(({ detail }) => `audit, ${name}: ${detail}`),
    ),
    // Another legal end has other books, and a cancel finds more or less done; the audit knows both.
    ...(undisturbed && status === scenario.end && !scenario.orElse
      ? differences(undisturbed, books)
      : []),
    ...judgeCalls(rig.functions, sagaId, log, calls),
    ...(undisturbed ? [] : copiesOf(calls)),
  ];
}

/** What is wrong in the moment in which a worker has died and nobody has taken over yet. */
export async function judgeDeath(rig: Rig, sagaId: string): Promise<string[]> {
  // The calls first: what is called after that must not be missed in an older log.
  const calls = await rig.journal.read();
  const log = (await readLogs(rig.saga, [sagaId])).get(sagaId) ?? [];
  return judgeCalls(rig.functions, sagaId, log, calls).map((fault) => `at its death, ${fault}`);
}

/** @param log where the reason for another end must stand; empty: there is no excuse */
function judgeEnd(
  { end, orElse }: Scenario,
  status: string,
  log: readonly RecordedEvent[],
): string[] {
  if (status === end) return [];
  const isLegal = status === orElse?.end && log.some(({ type }) => type === orElse.because);
  return isLegal ? [] : [`it is ${status} instead of ${end}`];
}

/** The stored row is the fold of a log without gaps. */
async function judgeRow(rig: Rig, sagaId: string, log: readonly RecordedEvent[]) {
  const [row] = await rig.everywhere.query<{ seq: number; status: string; summary: unknown }>(
    'select seq, status, summary from saga.instance where id = $1',
    [sagaId],
  );
  const state = log.reduce<SagaState>(evolve, initialState);
  const folded: unknown = JSON.parse(JSON.stringify(summarise(state)));
  const faults = [
    ...(log.every(({ seq }, index) => seq === index + 1) ? [] : ['the log has gaps']),
    ...(row?.seq === log.length ? [] : [`seq is ${row?.seq}, the log has ${log.length} events`]),
    ...(row?.status === state.phase.status ? [] : [`the log folds to ${state.phase.status}`]),
    ...(isDeepStrictEqual(row?.summary, folded) ? [] : ['the summary is not the fold of the log']),
  ];
  return { status: row?.status ?? 'missing', faults };
}

function differences(expected: Books, found: Books): string[] {
  return Object.keys(expected).flatMap((page) => {
    const [before, after] = [expected[page], found[page]].map((rows) => JSON.stringify(rows));
    return before === after ? [] : [`${page} are ${after} instead of ${before}`];
  });
}
