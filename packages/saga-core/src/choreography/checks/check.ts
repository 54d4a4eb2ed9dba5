import type { FlowShape } from '../flow.ts';
import type { Reaction } from '../reaction.ts';

/** One idea of what a flow must not be. Each problem names the culprit and what to change. */
export type Check = (flow: FlowShape) => readonly string[];

/** How messages name a reaction: `the counter-step of "payment.charge"`. */
export function nameOf({ step, direction }: Pick<Reaction, 'step' | 'direction'>): string {
  return direction === 'action' ? `step "${step}"` : `the counter-step of "${step}"`;
}

/** `"a", "b" and "c"`. */
export function listOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
}
