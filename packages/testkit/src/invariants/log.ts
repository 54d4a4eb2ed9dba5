import { evolve, initialState, isTerminal, type SagaStatus } from '@counterstep/saga-core/machine';
import { canonicalJson, type Json } from '@counterstep/saga-core/participant';
import type { Invariant } from './violation.ts';

export const logIsGapless: Invariant = ({ log, instance }) => {
  const wrong = log.findIndex(({ event }, index) => event.seq !== index + 1);
  if (wrong >= 0) return [`position ${wrong + 1} of the log has #${log[wrong]?.event.seq}`];
  return log.length === instance.seq
    ? []
    : [`the row is at #${instance.seq}, the log at #${log.length}`];
};

export const rowIsFoldOfLog: Invariant = ({ log, instance }) => {
  const folded = log.reduce((state, { event }) => evolve(state, event), initialState);
  const [row, fold] = [instance.state, folded].map((state) =>
    canonicalJson(JSON.parse(JSON.stringify(state)) as Json),
  );
  return row === fold ? [] : [`the row says ${row}, the log folds to ${fold}`];
};

export const fenceNeverFalls: Invariant = ({ log, instance }) => {
  const problems: string[] = [];
  let fence = 0n;
  for (const { event, fence: written } of log) {
    if (written < fence) problems.push(`#${event.seq} was written under ${written} after ${fence}`);
    fence = written;
    if (event.type === 'SagaClaimed' && BigInt(event.data.fence) !== written) {
      problems.push(
        `#${event.seq} claims under ${event.data.fence}, and was written under ${written}`,
      );
    }
  }
  if (instance.fence < fence) problems.push(`the row has ${instance.fence}, the log ${fence}`);
  return problems;
};

/** Every change of status that there is; what the machine documents and nothing else. */
const moves: Readonly<Record<SagaStatus, readonly SagaStatus[]>> = {
  pending: ['running', 'compensating'],
  running: ['committed', 'compensating', 'completed', 'stuck', 'resolved'],
  committed: ['completed', 'stuck', 'resolved'],
  compensating: ['compensated', 'stuck', 'resolved'],
  stuck: ['running', 'committed', 'compensating'],
  completed: [],
  compensated: [],
  resolved: [],
};

export const movesAreAllowed: Invariant = ({ log }) => {
  const problems: string[] = [];
  let state = initialState;
  for (const { event } of log) {
    const before = state.phase.status;
    state = evolve(state, event);
    const after = state.phase.status;
    if (after !== before && !moves[before].includes(after)) {
      problems.push(`#${event.seq} ${event.type} moves it from ${before} to ${after}`);
    }
  }
  return problems;
};

export const endLetsGo: Invariant = ({ instance, isReady }) => {
  if (!isTerminal(instance.state.phase.status)) return [];
  const problems: string[] = [];
  if (instance.owner !== null) problems.push(`it has ended and ${instance.owner} owns it`);
  const unread = instance.mailReceived - instance.mailRead;
  if (unread !== 0) problems.push(`it has ended with ${unread} letters unread`);
  if (isReady) problems.push('it has ended and waits to be claimed');
  return problems;
};
