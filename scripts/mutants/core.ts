import type { Mutant } from './mutant.ts';

const machine = 'packages/saga-core/src/machine';
const engine = 'packages/saga-core/src/engine';
const pure = (test: string) => unit(`packages/saga-core/test/${test}`);
const simulated = (test: string) => unit(`packages/testkit/test/${test}`);

/** The pure core, and the engine over ports in memory. */
export const coreMutants: readonly Mutant[] = [
  {
    breaks: 'an outcome that nobody knows is owed no counter-step',
    file: `${machine}/state.ts`,
    find: "return (step.forward.status !== 'pending' || step.inDoubt) && !hasNoEffect(step);",
    replace: "return step.forward.status === 'succeeded';",
    ...pure('machine.test.ts'),
  },
  {
    breaks: 'a pivot in doubt is given up without being closed',
    file: `${machine}/plan-forward.ts`,
    find: 'return pivot && mayHaveEffect(stepStateOf(state, pivot.name))',
    replace: 'return pivot && mayHaveEffect(stepStateOf(state, pivot.name)) && false',
    ...pure('operator.test.ts'),
  },
  {
    breaks: 'a cancel is heard past the point of no return',
    file: `${machine}/plan-forward.ts`,
    find: 'const reason = committed ? undefined : reasonToTurn(state, open, now);',
    replace: 'const reason = reasonToTurn(state, open, now);',
    ...pure('machine.test.ts'),
  },
  {
    breaks: 'a saga turns back while a step of the group is still under way',
    file: `${machine}/plan-forward.ts`,
    find: "if (reason) return actions.length > 0 ? { do: 'act', actions } : planTurn(state, open, reason);",
    replace: 'if (reason) return planTurn(state, open, reason);',
    ...pure('parallel.test.ts'),
  },
  {
    breaks: 'a deadline is heard while the pivot is in doubt',
    file: `${machine}/plan-forward.ts`,
    find: 'if (isLate && !state.paused && !isInDoubt(state, open))',
    replace: 'if (isLate && !state.paused)',
    ...pure('waits.test.ts'),
  },
  {
    breaks: 'a skipped counter-step ends compensated',
    file: `${machine}/plan-backward.ts`,
    find: "backward?.status === 'compensation-skipped' || byHand === true",
    replace: 'backward?.status === undefined && byHand === true',
    ...pure('machine.test.ts'),
  },
  {
    breaks: 'a late failure overrides a success',
    file: `${machine}/evolve-step.ts`,
    find: "      if (step.forward.status === 'succeeded') return step;\n      if (hasNoEffect(step) && failure",
    replace: '      if (hasNoEffect(step) && failure',
    ...pure('operator.test.ts'),
  },
  {
    breaks: 'a step that was skipped unasked is not owed when the saga turns back',
    file: `${machine}/settle.ts`,
    find: "failed({ failure: 'transient', error: skippedUnasked, byHand: true })",
    replace: "failed({ failure: 'closed', error: skippedUnasked, byHand: true })",
    ...pure('operator.test.ts'),
  },
  {
    breaks: 'a retry is sent with a request built anew',
    file: `${machine}/attempt.ts`,
    find: 'request = current.request ?? requestOf(action, state);',
    replace: 'request = requestOf(action, { ...state, input: `${now}` });',
    ...pure('machine.test.ts'),
  },
  {
    breaks: 'the budget of attempts has no end',
    file: `${machine}/settle.ts`,
    find: 'if (failures >= policy.maxAttempts) return [];',
    replace: '',
    ...pure('machine.test.ts'),
  },
  {
    breaks: 'a signal that comes early is lost',
    file: `${machine}/evolve.ts`,
    find: ': { ...state, signals: { ...state.signals, [name]: payload } };',
    replace: ': state;',
    ...pure('waits.test.ts'),
  },
  {
    breaks: 'deadlines run on while a saga is paused',
    file: `${machine}/evolve.ts`,
    find: 'const ms = Math.max(0, Date.parse(at) - Date.parse(pausedAt));',
    replace: 'const ms = 0;',
    ...pure('waits.test.ts'),
  },
  {
    breaks: 'an outcome of an old attempt counts as the present one',
    file: `${machine}/settle.ts`,
    find: "const isPresent = current.forward.status === 'dispatched' && current.attempts === attempt;",
    replace: "const isPresent = current.forward.status !== 'pending';",
    ...pure('operator.test.ts'),
  },
  {
    breaks: 'an effect starts before its intent is durable',
    file: `${engine}/run.ts`,
    find: 'const result = await this.#write(this.#attributed(turn.events), turn.state, release);',
    replace:
      "if (turn.due.do === 'act') for (const action of turn.due.actions) { this.#state = { ...turn.state, seq: this.#state.seq }; this.#calls.begin(action); }\n        const result = await this.#write(this.#attributed(turn.events), turn.state, release);",
    ...simulated('explore.test.ts'),
  },
  {
    breaks: 'a refused write is taken for a written one',
    file: `${engine}/run.ts`,
    find: "if (result.kind === 'lost') return;",
    replace: '',
    ...simulated('simulate.test.ts'),
  },
  {
    breaks: 'a step is called again while its answer waits to be folded',
    file: `${engine}/calls.ts`,
    find: 'this.#note(answer, name);',
    replace: 'this.#underWay.delete(name);\n      this.#note(answer, name);',
    ...simulated('once.test.ts'),
  },
  {
    breaks: 'a cancel is overlooked by the pivot',
    file: `${engine}/run.ts`,
    find: "return stepOf(this.#definition, event.step).class === 'pivot';",
    replace: 'return false;',
    ...simulated('pivot-letter.test.ts'),
  },
  {
    breaks: 'what was sent before a takeover is not sent again',
    file: `${machine}/plan-forward.ts`,
    find: "    actions.push({ kind: 'execute', step: name, direction: 'action', attempt: attempts });",
    replace:
      "    if (recoveries === 0) actions.push({ kind: 'execute', step: name, direction: 'action', attempt: attempts });",
    ...simulated('bulkhead.test.ts'),
  },
];

/** The one file whose rule it is: the others take ten times as long, and most notice nothing. */
function unit(test: string): Pick<Mutant, 'project' | 'tests'> {
  return { project: 'unit', tests: [test] };
}
