import { canonicalJson } from '@counterstep/saga-core/participant';
import type { JournalEntry } from '../memory/index.ts';
import type { Invariant, SagaEvidence } from './violation.ts';

const keyOf = ({ step, direction }: JournalEntry): string => `${step}/${direction}`;

export const effectsHappenOnce: Invariant = ({ calls }) => {
  const counts = new Map<string, number>();
  for (const call of calls) {
    if (call.isEffect) counts.set(keyOf(call), (counts.get(keyOf(call)) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([key, count]) => `${key} has had its effect ${count} times`);
};

/** A counter-step that was carried out, or a tombstone, closes the action for good. */
export const nothingAfterItsUndo: Invariant = ({ calls }) => {
  const closed = new Set<string>();
  const problems: string[] = [];
  for (const call of calls) {
    if (call.isEffect && call.direction === 'action' && closed.has(call.step)) {
      problems.push(`${call.step} was applied after it had been undone or closed`);
    }
    const isUndo = call.direction === 'compensation' && isCarriedOut(call);
    if (isUndo || (call.verb === 'close' && call.answer === 'closed')) closed.add(call.step);
  }
  return problems;
};

const isCarriedOut = ({ answer }: JournalEntry): boolean =>
  answer === 'applied' || answer === 'null-compensated';

/** The log knew of every call before it was made, and under the same request. */
export const intentComesFirst: Invariant = ({ calls, log }) => {
  const problems: string[] = [];
  for (const call of calls) {
    if (call.verb === 'close') continue;
    const type = call.direction === 'action' ? 'StepDispatched' : 'CompensationDispatched';
    const intent = log.find(
      ({ event }) =>
        event.type === type && event.step === call.step && event.attempt === call.attempt,
    );
    if (!intent || intent.tick > call.tick) {
      problems.push(`${keyOf(call)}#${call.attempt} was sent before its intent was durable`);
    }
  }
  return problems;
};

/** A retry sends what was sent before, whatever has changed since; only an operator changes it. */
export const retriesSayTheSame: Invariant = ({ calls }) => {
  const said = new Map<string, string>();
  const problems: string[] = [];
  for (const call of calls) {
    if (call.verb !== 'execute') continue;
    const key = `${keyOf(call)}, generation ${call.generation}`;
    const request = canonicalJson(call.request);
    if ((said.get(key) ?? request) !== request) {
      problems.push(`${key} was sent as ${said.get(key)}, then as ${request}`);
    }
    said.set(key, request);
  }
  return problems;
};

/** Effects of one direction that the world still shows or has shown, by step. */
function effectsOf({ calls }: SagaEvidence, direction: JournalEntry['direction']) {
  return new Map(
    calls
      .filter((call) => call.isEffect && call.direction === direction)
      .map((call) => [call.step, call.tick]),
  );
}

export const completedIsComplete: Invariant = (evidence) => {
  if (evidence.instance.state.phase.status !== 'completed') return [];
  const done = effectsOf(evidence, 'action');
  const undone = effectsOf(evidence, 'compensation');
  const problems: string[] = [];
  let before = 0;
  let stageEnd = 0;
  let stage = 0;
  for (const step of evidence.definition.steps) {
    if (step.class === 'wait') continue;
    const tick = done.get(step.name);
    if (tick === undefined) problems.push(`it completed without ${step.name}`);
    if (undone.has(step.name)) problems.push(`it completed and ${step.name} was undone`);
    if (step.stage !== stage) [before, stage] = [stageEnd, step.stage];
    if (tick !== undefined && tick < before) {
      problems.push(`${step.name} happened before an earlier step had`);
    }
    stageEnd = Math.max(stageEnd, tick ?? 0);
  }
  return problems;
};

export const compensatedIsUndone: Invariant = (evidence) => {
  const { definition, instance, log } = evidence;
  if (instance.state.phase.status !== 'compensated') return [];
  const done = effectsOf(evidence, 'action');
  const undone = effectsOf(evidence, 'compensation');
  const problems: string[] = [];
  for (const step of definition.steps) {
    if (!done.has(step.name)) continue;
    if (step.class !== 'compensatable') {
      problems.push(`it was compensated and ${step.name}, which has no way back, was done`);
    } else if (!undone.has(step.name)) {
      problems.push(`it was compensated and ${step.name} is still done`);
    }
  }
  // A plain function is called when its action is in doubt, and finds nothing to undo by itself.
  const called = evidence.calls.filter(({ verb }) => verb === 'function').map(({ step }) => step);
  for (const step of undone.keys()) {
    if (!done.has(step) && !called.includes(step))
      problems.push(`${step} was undone and had never been done`);
  }
  if (log.some(({ event }) => event.type === 'PivotCommitted')) {
    problems.push('it was compensated past its pivot');
  }
  return problems;
};

/** No counter-step of a saga that has passed its pivot. */
export const nothingUndonePastThePivot: Invariant = ({ log, calls }) => {
  const committed = log.find(({ event }) => event.type === 'PivotCommitted');
  if (!committed) return [];
  return calls
    .filter((call) => call.direction === 'compensation')
    .map((call) => `${call.step} was to be undone though the pivot had committed`);
};
