import type { StepClass } from '../../definition/index.ts';
import type { Direction } from '../../participant/index.ts';
import type { EventRole } from '../walks.ts';

export type Way = 'forward' | 'back';

/** A service at work on one step, in one direction. */
export interface StepNode {
  /** `action:payment.charge`, `compensation:payment.charge`. */
  readonly id: string;
  readonly step: string;
  readonly direction: Direction;
  readonly way: Way;
  readonly service: string;
  readonly operation: string;
  readonly class: StepClass;
  /** Of each of its attempts, within so many milliseconds, something must be heard. */
  readonly withinMs: number;
}

export interface EventNode {
  /** `event:PaymentProcessed`. */
  readonly id: string;
  readonly type: string;
  readonly service: string;
  /** Schema version of its data. */
  readonly version: number;
  readonly role: EventRole;
  /** A rejection belongs to the way back that it begins. */
  readonly way: Way;
  /** Nobody reacts to it, and nobody has to. */
  readonly isEnd: boolean;
}

/**
 * `triggers` leads from an event to who reacts to it; `emits` from there to the event of its success,
 * `rejects` to that of its refusal.
 */
export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'triggers' | 'emits' | 'rejects';
  readonly way: Way;
}

/** A flow as plain data. Steps stand in the order of the saga, forward ones first. */
export interface FlowGraph {
  readonly definition: string;
  readonly version: number;
  /** In the order in which the flow comes to them. */
  readonly services: readonly string[];
  readonly steps: readonly StepNode[];
  readonly events: readonly EventNode[];
  readonly edges: readonly FlowEdge[];
}
