import { type SagaState, type StepState } from '@counterstep/saga-core/machine';
import type { Direction, Failure } from '@counterstep/saga-core/participant';

/**
 * What `instance.summary` holds: enough for a list without reading the log. Steps that were never
 * reached are left out; readers fill them in from the definition's shape.
 */
export interface Summary {
  /** Per step: forward status, counter-step's status or null. */
  readonly steps: Readonly<Record<string, readonly [string, string | null]>>;
  /** Where the saga is: step, direction, attempt, next retry, error. */
  readonly at?: {
    readonly step: string;
    readonly direction: Direction;
    readonly attempt: number;
    readonly retryAt?: string;
    readonly error?: Failure;
  };
  /** Set when stuck. */
  readonly direction?: Direction;
}

export function summarise(state: SagaState): Summary {
  const steps = Object.fromEntries(
    Object.entries(state.steps).map(([name, step]) => [
      name,
      [step.skipped ? 'skipped' : step.forward.status, step.backward?.status ?? null] as const,
    ]),
  );
  const at = position(state);
  const direction = state.phase.status === 'stuck' ? state.phase.direction : undefined;
  return { steps, ...(at && { at }), ...(direction && { direction }) };
}

/** The step that explains the status: the one under way, else the last one that failed. */
function position(state: SagaState): Summary['at'] {
  if (state.phase.status === 'stuck') {
    const { step, direction, error } = state.phase;
    const { attempts = 0, compensationAttempts = 0 } = state.steps[step] ?? {};
    const attempt = direction === 'action' ? attempts : compensationAttempts;
    return { step, direction, attempt, error };
  }
  const backward = state.dispatched.find((name) => isMoving(state.steps[name]?.backward?.status));
  if (backward) return undoPosition(backward, state.steps[backward]);
  const last = state.dispatched.findLast(
    (name) => state.steps[name]?.forward.status !== 'succeeded',
  );
  return last ? forwardPosition(last, state.steps[last]) : undefined;
}

const isMoving = (status: string | undefined): boolean =>
  status === 'compensating' ||
  status === 'compensation-waiting' ||
  status === 'compensation-failed';

function undoPosition(step: string, state: StepState | undefined): Summary['at'] {
  const { backward, compensationAttempts: attempt = 1 } = state ?? {};
  return {
    step,
    direction: 'compensation',
    attempt,
    ...(backward?.status === 'compensation-waiting' && { retryAt: backward.retryAt }),
    ...(backward && 'error' in backward && { error: backward.error }),
  };
}

function forwardPosition(step: string, state: StepState | undefined): Summary['at'] {
  const { forward, attempts: attempt = 1 } = state ?? {};
  return {
    step,
    direction: 'action',
    attempt,
    ...(forward?.status === 'waiting' && { retryAt: forward.retryAt }),
    ...(forward && 'error' in forward && { error: forward.error }),
  };
}
