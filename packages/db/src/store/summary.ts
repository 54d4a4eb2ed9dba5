import type { SagaState, StepState, Waiting } from '@counterstep/saga-core/machine';
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
    /** It waits for a time or a signal; `until` is absent when it waits for ever. */
    readonly waitsFor?: 'timer' | 'signal';
    readonly until?: string;
    readonly error?: Failure;
  };
  /** Set when stuck. */
  readonly direction?: Direction;
  /** Signals that are waited for now. */
  readonly signals?: readonly string[];
  /** Steps whose effect may have happened, which nobody has said yet. */
  readonly doubt?: readonly string[];
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
  const signals = state.dispatched.filter((name) => isAwaited(state.steps[name]));
  const doubt = state.dispatched.filter((name) => isDoubtful(state.steps[name]));
  return {
    ...(at ? { steps, at } : { steps }),
    ...(direction && { direction }),
    ...(signals.length > 0 && { signals }),
    ...(doubt.length > 0 && { doubt }),
  };
}

/** A counter-step's answer ends the doubt: it has undone the effect, or there was none. */
function isDoubtful(step: StepState | undefined): boolean {
  if (!step) return false;
  const isOpen = step.inDoubt || step.forward.status === 'unknown';
  return isOpen && !settledBackward.has(step.backward?.status ?? '');
}

const settledBackward = new Set(['compensated', 'null-compensated', 'compensation-skipped']);

const isAwaited = (step: StepState | undefined): boolean =>
  step?.forward.status === 'waiting' && step.forward.for === 'signal';

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
    ...(forward?.status === 'waiting' && waitOf(forward)),
    ...(forward && 'error' in forward && { error: forward.error }),
  };
}

/** What a waiting step waits for, and until when, as readers show it. */
export function waitOf(waiting: Waiting): {
  readonly retryAt?: string;
  readonly waitsFor?: 'timer' | 'signal';
  readonly until?: string;
} {
  switch (waiting.for) {
    case 'retry':
      return { retryAt: waiting.retryAt };
    case 'timer':
      return { waitsFor: 'timer', until: waiting.fireAt };
    case 'signal':
      return { waitsFor: 'signal', ...(waiting.until !== null && { until: waiting.until }) };
  }
}
