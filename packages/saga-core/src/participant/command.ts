import type { Json } from './json.ts';

/** `action` goes forward; `compensation` undoes the action of the same step. */
export type Direction = 'action' | 'compensation';

/** Names one effect. Both directions of a step share the step's name. */
export interface EffectKey {
  readonly sagaId: string;
  readonly step: string;
  readonly direction: Direction;
}

/** What a participant is asked to do. Retries send the same request under the same key. */
export interface Command extends EffectKey {
  /** Operation name, `service.verb`, for instance `inventory.reserve`. */
  readonly operation: string;
  /** Counts from 1; across retries it only tells attempts apart, the key stays the same. */
  readonly attempt: number;
  /** Counts from 1; only an operator's retry of an action raises it. */
  readonly generation: number;
  readonly request: Json;
  /** Past this moment (ISO 8601, the participant's database clock) the command must have no effect. */
  readonly notAfter: string;
}

/** The idempotency key in the form that leaves the system: `{sagaId}/{step}/{direction}`. */
export function keyText(key: EffectKey): string {
  return `${key.sagaId}/${key.step}/${key.direction}`;
}
