import type { Direction, Failure } from '../participant/index.ts';
import type { SagaEvent, TurnReason } from './event.ts';

/** Something to be done outside, once the log that holds its intent is durable. */
export type Action =
  | {
      readonly kind: 'execute';
      readonly step: string;
      readonly direction: Direction;
      readonly attempt: number;
    }
  /** Nobody knows what came of the action: ask its participant to settle the key. */
  | { readonly kind: 'close'; readonly step: string }
  /** The saga was choreographed until now: every service must refuse its messages of a lower epoch. */
  | { readonly kind: 'fence'; readonly epoch: number };

/** What is due now. */
export type Due =
  /** A decision: append the event, evolve, plan again. */
  | { readonly do: 'record'; readonly event: SagaEvent }
  /** Carry these out; plan again after each answer, and at `until` (ISO 8601) at the latest. */
  | { readonly do: 'act'; readonly actions: readonly Action[]; readonly until?: string }
  /** Nothing before this time (ISO 8601). */
  | { readonly do: 'wait'; readonly until: string }
  /** Nothing until somebody acts: terminal, stuck, paused, or waiting for a signal. */
  | { readonly do: 'rest' };

export const record = (event: SagaEvent): Due => ({ do: 'record', event });

export const close = (step: string): Due => ({ do: 'act', actions: [{ kind: 'close', step }] });

export const fence = (epoch: number): Due => ({ do: 'act', actions: [{ kind: 'fence', epoch }] });

/** Actions first; without any, the earliest time; without one, rest. */
export function actOrWait(actions: readonly Action[], times: readonly string[]): Due {
  const until = times.length > 0 ? times.reduce((a, b) => (a < b ? a : b)) : undefined;
  if (actions.length > 0) return { do: 'act', actions, ...(until !== undefined && { until }) };
  return until === undefined ? { do: 'rest' } : { do: 'wait', until };
}

export const turnBack = (reason: TurnReason): Due =>
  record({ type: 'CompensationStarted', data: { reason } });

export const refuseCancel = (reason: string): Due =>
  record({ type: 'CancelRefused', data: { reason } });

export const stuck = (direction: Direction, step: string, error: Failure): Due =>
  record({ type: 'SagaStuck', data: { direction, step, error } });
