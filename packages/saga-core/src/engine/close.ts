import { resultsOf, type SagaEvent, settleClose, stepStateOf } from '../machine/index.ts';
import {
  type CloseOutcome,
  failureOf,
  type Json,
  keyText,
  toStorable,
  UnstorableError,
} from '../participant/index.ts';
import type { CallPorts, CallRequest } from './call.ts';
import type { Clock } from './ports.ts';
import { sleep } from './system-time.ts';

const closeAttemptsMax = 5;

/** What a close came to: the fact that settles the step, or why it cannot be settled now. */
export type Closed =
  | { readonly event: SagaEvent; readonly actor?: string }
  | { readonly failure: { readonly code: string; readonly message: string } };

export interface CloseOptions {
  readonly random: () => number;
  /** Nobody needs the answer any more. */
  readonly isMoot: () => boolean;
}

/** Settles an action whose outcome nobody knows: asks its participant, its probe, or takes an operator's word. */
export async function closeStep(
  ports: CallPorts,
  call: Omit<CallRequest, 'direction' | 'attempt'>,
  { random, isMoot }: CloseOptions,
): Promise<Closed | undefined> {
  const { state, step } = call;
  const { verdict, skipped } = stepStateOf(state, step.name);
  const isWordGiven = verdict !== undefined || skipped || state.resolving !== undefined;
  const ask = askerOf(ports, call);
  if (!ask) {
    if (isWordGiven) return { event: settleClose(state, step, { kind: 'unasked' }) };
    return { failure: { code: 'NO_PROBE', message: 'Nobody can be asked for its outcome.' } };
  }
  const service = step.action.kind === 'operation' ? step.action.operation.service : undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await within(ports.clock, step.timeoutMs, ask);
      const outcome = kept(answer, verdict?.as === 'done' ? verdict.output : null, isWordGiven);
      return { event: settleClose(state, step, outcome), ...(service && { actor: service }) };
    } catch (error) {
      if (isMoot()) return undefined;
      if (attempt >= closeAttemptsMax || error instanceof UnstorableError) {
        return { failure: failureOf(error, 'CLOSE_FAILED') };
      }
      await sleep(ports.clock, 100 * 2 ** attempt * random());
    }
  }
}

/** An output that cannot be kept gives way to the operator's, once there is a word of one. */
function kept(outcome: CloseOutcome, instead: Json, isWordGiven: boolean): CloseOutcome {
  if (outcome.kind !== 'applied') return outcome;
  try {
    return { ...outcome, output: toStorable(outcome.output) };
  } catch (error) {
    if (!isWordGiven) throw error;
    return { ...outcome, output: instead };
  }
}

type Ask = (signal: AbortSignal) => Promise<CloseOutcome>;

/** Whom to ask; nobody for a plain function without probe. */
function askerOf(
  { participants }: CallPorts,
  { sagaId, state, step }: Omit<CallRequest, 'direction' | 'attempt'>,
): Ask | undefined {
  const { action, name } = step;
  const key = { sagaId, step: name, direction: 'action' as const };
  if (action.kind === 'operation') {
    return async () => {
      const participant = participants.get(action.operation.service);
      if (!participant) throw new Error(`No participant for "${action.operation.service}".`);
      return participant.close(key);
    };
  }
  if (action.kind !== 'function' || !action.probe) return undefined;
  const { probe } = action;
  return async (signal) => {
    const answer = await probe({
      input: state.input as never,
      results: resultsOf(state) as never,
      key: keyText(key),
      attempt: stepStateOf(state, name).attempts,
      signal,
    });
    if (!answer.done) return { kind: 'closed' };
    return { kind: 'applied', output: answer.output as Json, duplicate: true };
  };
}

/** An answer within the step's timeout, or an error. */
async function within(clock: Clock, timeoutMs: number, ask: Ask): Promise<CloseOutcome> {
  const limit = new AbortController();
  let callOff: () => void = () => undefined;
  const silence = new Promise<undefined>((resolve) => {
    callOff = clock.after(timeoutMs, () => resolve(undefined));
  });
  const reply = ask(limit.signal);
  // Whoever answers after the limit answers nobody.
  reply.catch(() => undefined);
  try {
    const outcome = await Promise.race([reply, silence]);
    if (outcome) return outcome;
    limit.abort();
    throw new Error(`No answer within ${timeoutMs} ms.`);
  } finally {
    callOff();
  }
}
