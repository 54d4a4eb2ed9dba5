import type { Direction, Failure, OperationContract } from '../participant/index.ts';
import type { EventContract } from './message.ts';

/** What a reaction says when it is done. */
export interface Emission {
  readonly event: EventContract;
  readonly data: (received: never, result: never) => unknown;
}

/**
 * One reaction, its types erased: on event X, run operation O for a step; emit Y when it applied,
 * Z when it was rejected or given up.
 */
export interface Reaction {
  readonly on: EventContract;
  readonly service: string;
  readonly step: string;
  readonly direction: Direction;
  readonly operation: OperationContract;
  readonly request: (received: never) => unknown;
  readonly applied: Emission;
  /** Absent where a "no" is not allowed (a counter-step, a retriable step): such a saga gets stuck. */
  readonly rejected: Emission | undefined;
  /** Something must be heard of the reaction within this time, ms; default: two attempts and two seconds. */
  readonly withinMs?: number;
}

/** Pairs an event with the function that makes its data; keeps both typed. */
export function emit<Received, Result, Data>(
  event: EventContract<Data>,
  data: (received: Received, result: Result) => Data,
): { event: EventContract<Data>; data: (received: Received, result: Result) => Data } {
  return { event, data };
}

/** Declares a reaction, next to the code of the service that reacts. */
export function on<Received, Request, Response>(
  event: EventContract<Received>,
  reaction: {
    readonly step: string;
    readonly direction?: Direction;
    readonly operation: OperationContract<Request, Response>;
    readonly request: (received: Received) => Request;
    readonly applied: {
      event: EventContract;
      data: (received: Received, result: Response) => unknown;
    };
    readonly rejected?: {
      event: EventContract;
      data: (received: Received, result: Failure) => unknown;
    };
    readonly withinMs?: number;
  },
): Reaction {
  return {
    on: event,
    service: reaction.operation.service,
    step: reaction.step,
    direction: reaction.direction ?? 'action',
    operation: reaction.operation,
    request: reaction.request,
    applied: reaction.applied,
    rejected: reaction.rejected,
    ...(reaction.withinMs !== undefined && { withinMs: reaction.withinMs }),
  };
}
