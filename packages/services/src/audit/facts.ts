import type { SagaStatus } from '@counterstep/saga-core/machine';
import type { Direction, Json } from '@counterstep/saga-core/participant';
import type { OrderStatus } from '../order/domain.ts';

/** Everything that is on the books about one saga; what does not exist is undefined or empty. */
export interface SagaFacts {
  readonly sagaId: string;
  readonly instance: InstanceFacts | undefined;
  readonly order: OrderFacts | undefined;
  readonly reservations: readonly ReservationFacts[];
  readonly payment: PaymentFacts | undefined;
  readonly shipment: ShipmentFacts | undefined;
  /** Of all four services. */
  readonly effects: readonly EffectFacts[];
}

export interface InstanceFacts {
  readonly definition: string;
  /** Choreographed, and nobody has taken it over. */
  readonly leaderless: boolean;
  readonly status: SagaStatus;
  readonly seq: number;
  readonly owned: boolean;
  /** The owner is registered and has not been declared dead. */
  readonly ownerLives: boolean;
  readonly ready: boolean;
  readonly paused: boolean;
  /** A step waits for a signal, with or without a limit. */
  readonly awaitsSignal: boolean;
  readonly events: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Sequence numbers of operators' acts in the log, and of those in the audit table. */
  readonly operatorSeqs: readonly number[];
  readonly auditSeqs: readonly number[];
}

export interface OrderFacts {
  readonly id: string;
  readonly total: number;
  readonly linesTotal: number;
  readonly status: OrderStatus;
}

export interface ReservationFacts {
  readonly sku: string;
  readonly quantity: number;
  readonly status: 'held' | 'released';
}

export interface PaymentFacts {
  readonly amount: number;
  readonly refunded: number;
}

export interface ShipmentFacts {
  readonly trackingCode: string;
}

export interface EffectFacts {
  readonly step: string;
  readonly direction: Direction;
  readonly outcome: 'applied' | 'rejected' | 'null-compensated' | 'closed';
  /** Of the actions that answer with what an invariant compares with rows; null of the others. */
  readonly result: Json;
}

/** The effect under one key, if there is one. */
export function effectOf(
  facts: SagaFacts,
  step: string,
  direction: Direction,
): EffectFacts | undefined {
  return facts.effects.find((effect) => effect.step === step && effect.direction === direction);
}

export function hasApplied(facts: SagaFacts, step: string, direction: Direction): boolean {
  return effectOf(facts, step, direction)?.outcome === 'applied';
}
