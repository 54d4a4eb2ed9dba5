import type { Command, Json } from '@counterstep/saga-core/participant';

export const faultKinds = [
  'reject',
  'fail-before-commit',
  'fail-after-commit',
  'delay',
  'hang',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault that somebody has switched on. Times are ISO 8601. */
export interface Fault {
  readonly id: string;
  readonly service: string;
  /** `inventory.reserve`; actions and counter-steps alike. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** For `delay`. */
  readonly delayMs?: number;
  /** For `delay`: up to this much more, uniformly. */
  readonly jitterMs?: number;
  /** In (0, 1]; absent means always. */
  readonly probability?: number;
  /** Fires for this many calls, counted over all workers. */
  readonly nextCalls?: number;
  /** How many of those are left. */
  readonly remaining?: number;
  /** Only this order. */
  readonly orderId?: string;
  /** Only orders with this product. */
  readonly sku?: string;
  readonly expiresAt?: string;
  readonly createdAt: string;
}

/** What becomes of one attempt. */
export interface FaultDecision {
  readonly kind: FaultKind;
  readonly delayMs: number;
}

/** Whether a rule speaks of this call at all; chance and count come after. */
export function concerns(rule: Fault, command: Command): boolean {
  if (rule.operation !== command.operation) return false;
  if (rule.orderId !== undefined && member(command.request, 'orderId') !== rule.orderId)
    return false;
  return rule.sku === undefined || skusOf(command.request).includes(rule.sku);
}

function skusOf(request: Json): Json[] {
  const lines = member(request, 'lines');
  return Array.isArray(lines) ? lines.map((line: Json) => member(line, 'sku')) : [];
}

function member(value: Json, key: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return (value as Record<string, Json>)[key] ?? null;
}
