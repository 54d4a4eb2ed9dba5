import type { Clock } from './ports.ts';

/** A place in a service's compartment; given back once. */
export interface Permit {
  release(): void;
}

export interface Bulkhead {
  /** A place for a call to the service; when it is slow and has taken its share, how long to stay away. */
  enter(service: string): Permit | { readonly awayMs: number };
  /** A place for a call that has to be made in any case. */
  force(service: string): Permit;
}

export interface BulkheadOptions {
  /** Calls of one service at the most, once it is slow. */
  readonly callsMax: number;
  readonly clock: Clock;
}

/** Whoever finds no place stays away for as long as the oldest call has waited, within these limits. */
const awayMsMin = 1_000;
const awayMsMax = 10_000;
/** A service whose oldest call has waited for longer is slow; as long as it is not, it may take all. */
const slowMs = 500;

/**
 * Keeps one service that hangs from holding every saga that a worker has in hand: the sagas that it
 * would hold beyond its share are given back before their intent is written, and cost nothing.
 */
export function createBulkhead({ callsMax, clock }: BulkheadOptions): Bulkhead {
  /** Start times of the calls under way, oldest first. */
  const calls = new Map<string, Set<{ readonly sinceMs: number }>>();
  const nowMs = () => Date.parse(clock.now());

  const underWay = (service: string) => {
    const known = calls.get(service);
    if (known) return known;
    const none = new Set<{ readonly sinceMs: number }>();
    calls.set(service, none);
    return none;
  };

  const force = (service: string): Permit => {
    const call = { sinceMs: nowMs() };
    const present = underWay(service);
    present.add(call);
    return { release: () => void present.delete(call) };
  };

  return {
    force,
    enter(service) {
      const present = underWay(service);
      const [oldest] = present;
      const ageMs = oldest ? nowMs() - oldest.sinceMs : 0;
      if (ageMs <= slowMs || present.size < callsMax) return force(service);
      return { awayMs: Math.min(awayMsMax, Math.max(awayMsMin, ageMs)) };
    },
  };
}
