import type { FunctionWork, OperationWork, StepDefinition } from '../definition/index.ts';
import { resultsOf, type SagaState, stepStateOf } from '../machine/index.ts';
import {
  type Caller,
  type Command,
  type Direction,
  failureOf,
  type Json,
  keyText,
  type Outcome,
  type Participant,
  Rejection,
  toStorable,
  UnstorableError,
} from '../participant/index.ts';
import type { Clock } from './ports.ts';

/** Participants by service name. */
export type Participants = ReadonlyMap<string, Participant>;

export interface CallRequest {
  readonly sagaId: string;
  readonly state: SagaState;
  readonly step: StepDefinition;
  readonly direction: Direction;
  readonly attempt: number;
}

export interface CallPorts {
  readonly participants: Participants;
  readonly clock: Clock;
}

/**
 * Carries out one attempt and always comes back with an outcome: after the step's timeout an
 * operation is `unknown`; a plain function is asked to abort and given as long again to settle.
 *
 * @param onLate what comes back when nobody waits for it any more
 */
export function callStep(
  ports: CallPorts,
  call: CallRequest,
  onLate: (outcome: Outcome) => void,
): Promise<Outcome> {
  const { step, direction } = call;
  const work = direction === 'action' ? step.action : step.compensation;
  if (work?.kind === 'operation') return callOperation(ports, work, call, onLate);
  if (work?.kind === 'function') return callFunction(ports, work, call, onLate);
  throw new Error(`Step "${step.name}" has nothing to call.`);
}

/** The command of an attempt, built from what the log says was sent. */
function commandOf(work: OperationWork, call: CallRequest, now: string): Command {
  const { sagaId, state, step, direction, attempt } = call;
  const current = stepStateOf(state, step.name);
  const request = direction === 'action' ? current.request : current.compensationRequest;
  return {
    sagaId,
    step: step.name,
    direction,
    operation: work.operation.name,
    attempt,
    generation: direction === 'action' ? current.generation : 1,
    request: request ?? null,
    notAfter: new Date(Date.parse(now) + step.timeoutMs).toISOString(),
  };
}

function callOperation(
  { participants, clock }: CallPorts,
  work: OperationWork,
  call: CallRequest,
  onLate: (outcome: Outcome) => void,
): Promise<Outcome> {
  const participant = participants.get(work.operation.service);
  if (!participant) throw new Error(`No participant for service "${work.operation.service}".`);
  const command = commandOf(work, call, clock.now());
  const limits = { timeoutMs: call.step.timeoutMs, graceMs: 0 };
  return withTimeout(clock, limits, onLate, async (caller) =>
    storable(await participant.execute(command, caller)),
  );
}

function callFunction(
  { clock }: CallPorts,
  work: FunctionWork,
  { sagaId, state, step, direction, attempt }: CallRequest,
  onLate: (outcome: Outcome) => void,
): Promise<Outcome> {
  const limits = { timeoutMs: step.timeoutMs, graceMs: step.timeoutMs };
  return withTimeout(clock, limits, onLate, async ({ signal }) => {
    try {
      const output = await work.run({
        input: state.input as never,
        results: resultsOf(state) as never,
        key: keyText({ sagaId, step: step.name, direction }),
        attempt,
        signal,
      });
      return storable({ kind: 'applied', output: output as Json, duplicate: false });
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      return { kind: 'rejected', error: rejectionOf(error), duplicate: false };
    }
  });
}

/** As the output will read back from the log; the effect has happened even if it cannot be kept. */
function storable(outcome: Outcome): Outcome {
  if (outcome.kind !== 'applied') return outcome;
  try {
    return { ...outcome, output: toStorable(outcome.output) };
  } catch (error) {
    return { kind: 'unstorable', error: failureOf(error, 'UNSTORABLE') };
  }
}

/** Details that cannot be kept are left out: the "no" itself matters. */
function rejectionOf({ code, message, details }: Rejection) {
  const said = failureOf({ code, message }, code);
  if (details === undefined) return said;
  try {
    return { ...said, details: toStorable(details) };
  } catch (error) {
    if (error instanceof UnstorableError) return said;
    throw error;
  }
}

/** An exception says nothing about the effect, so it is `unknown`, as silence is. */
function withTimeout(
  clock: Clock,
  { timeoutMs, graceMs }: { readonly timeoutMs: number; readonly graceMs: number },
  onLate: (outcome: Outcome) => void,
  run: (caller: Caller) => Promise<Outcome>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const caller = new AbortController();
    let isOver = false;
    const giveUp = () => {
      isOver = true;
      const message = `No reply within ${timeoutMs} ms.`;
      resolve({ kind: 'unknown', error: { code: 'STEP_TIMEOUT', message } });
    };
    let callOff = clock.after(timeoutMs, () => {
      caller.abort();
      if (graceMs > 0) callOff = clock.after(graceMs, giveUp);
      else giveUp();
    });
    const answer = (outcome: Outcome) => {
      if (!isOver) {
        callOff();
        resolve(outcome);
      } else if (outcome.kind !== 'unknown') {
        // That it is unknown has been said.
        onLate(outcome);
      }
    };
    run(caller).then(answer, (error: unknown) => {
      answer({ kind: 'unknown', error: failureOf(error, 'STEP_THREW') });
    });
  });
}
