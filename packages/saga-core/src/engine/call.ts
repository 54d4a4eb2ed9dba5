import type { StepDefinition, Work } from '../definition/index.ts';
import { resultsOf, type SagaState, stepStateOf } from '../machine/index.ts';
import {
  type Command,
  type Direction,
  failureOf,
  type Json,
  keyText,
  type Outcome,
  type Participant,
  Rejection,
  sanitise,
} from '../participant/index.ts';

/** Participants by service name. */
export type Participants = ReadonlyMap<string, Participant>;

export interface CallRequest {
  readonly sagaId: string;
  readonly state: SagaState;
  readonly step: StepDefinition;
  readonly direction: Direction;
  readonly attempt: number;
  /** ISO 8601, database clock. */
  readonly now: string;
}

/**
 * Carries out one attempt and always comes back with an outcome: after the step's timeout an
 * operation is `unknown`; a plain function is asked to abort and given as long again to settle.
 */
export function callStep(participants: Participants, call: CallRequest): Promise<Outcome> {
  const work = call.direction === 'action' ? call.step.action : call.step.compensation;
  if (!work) throw new Error(`Step "${call.step.name}" has no counter-step to call.`);
  return work.kind === 'operation'
    ? callOperation(participants, work, call)
    : callFunction(work, call);
}

/** The command of an attempt, built from what the log says was sent. */
export function commandOf(work: Extract<Work, { kind: 'operation' }>, call: CallRequest): Command {
  const { sagaId, state, step, direction, attempt, now } = call;
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

async function callOperation(
  participants: Participants,
  work: Extract<Work, { kind: 'operation' }>,
  call: CallRequest,
): Promise<Outcome> {
  const participant = participants.get(work.operation.service);
  if (!participant) throw new Error(`No participant for service "${work.operation.service}".`);
  return withTimeout(call.step.timeoutMs, 0, (signal) =>
    participant.execute(commandOf(work, call), signal),
  );
}

async function callFunction(
  work: Extract<Work, { kind: 'function' }>,
  { sagaId, state, step, direction, attempt }: CallRequest,
): Promise<Outcome> {
  return withTimeout(step.timeoutMs, step.timeoutMs, async (signal) => {
    try {
      const output = await work.run({
        input: state.input as never,
        results: resultsOf(state) as never,
        key: keyText({ sagaId, step: step.name, direction }),
        attempt,
        signal,
      });
      return { kind: 'applied', output: asStorable(output), duplicate: false };
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      const { code, message, details } = error;
      const said = failureOf({ code, message }, code);
      const failure = details === undefined ? said : { ...said, details: asStorable(details) };
      return { kind: 'rejected', error: failure, duplicate: false };
    }
  });
}

/** As it will read back from jsonb; throws for what cannot be stored (a cycle, a bigint). */
function asStorable(output: unknown): Json {
  return output === undefined ? null : sanitise(JSON.parse(JSON.stringify(output)) as Json);
}

/** An exception says nothing about the effect, so it is `unknown`, as silence is. */
async function withTimeout(
  timeoutMs: number,
  graceMs: number,
  run: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const controller = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const silence = new Promise<Outcome>((resolve) => {
    timers.push(setTimeout(() => controller.abort(), timeoutMs));
    timers.push(setTimeout(() => resolve(noReply(timeoutMs)), timeoutMs + graceMs));
  });
  try {
    const reply = run(controller.signal).catch((error: unknown): Outcome => ({
      kind: 'unknown',
      error: failureOf(error, 'STEP_THREW'),
    }));
    return await Promise.race([reply, silence]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}

const noReply = (timeoutMs: number): Outcome => ({
  kind: 'unknown',
  error: { code: 'STEP_TIMEOUT', message: `No reply within ${timeoutMs} ms.` },
});
