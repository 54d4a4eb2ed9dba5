import type { CallSite, Fate, Network } from '../network/index.ts';
import type { ServiceAnswer, ServiceCall } from '../memory/index.ts';
import type { Random, Simulation } from '../time/index.ts';

/** How bad the world is: probabilities per call, and mean times between blows. */
export interface Faults {
  /** How long it lasts, virtual ms; then everything works and all must end. */
  readonly chaosMs: number;
  readonly lostRequest: number;
  readonly lostReply: number;
  readonly copied: number;
  /** A request that arrives long after its caller has stopped waiting. */
  readonly late: number;
  /** The calling process ends around the call. */
  readonly crash: number;
  readonly rejected: number;
  readonly transient: number;
  readonly unknown: number;
  /** An answer that no log can hold; of plain functions only. */
  readonly unstorable: number;
  /** Mean time between two acts of one kind, virtual ms. */
  readonly killEveryMs: number;
  readonly pauseEveryMs: number;
  readonly stopEveryMs: number;
  readonly letterEveryMs: number;
  readonly operatorEveryMs: number;
}

export const defaultFaults: Faults = {
  chaosMs: 15_000,
  lostRequest: 0.02,
  lostReply: 0.04,
  copied: 0.04,
  late: 0.03,
  crash: 0.004,
  rejected: 0.03,
  transient: 0.08,
  unknown: 0.03,
  unstorable: 0.02,
  killEveryMs: 4_000,
  pauseEveryMs: 6_000,
  stopEveryMs: 9_000,
  letterEveryMs: 700,
  operatorEveryMs: 500,
};

/**
 * Some kinds of fault more often, some not at all, as the seed chooses: a world in which everything
 * goes wrong hides what only shows when one thing does.
 */
export function someFaults(random: Random): Faults {
  const { chaosMs, ...rates } = defaultFaults;
  const chosen = Object.entries(rates).map(([kind, rate]) => {
    const weight = random.pick([0, 1, 1, 1, 3]);
    const isInterval = kind.endsWith('Ms');
    return [kind, isInterval ? rate / Math.max(weight, 0.01) : rate * weight];
  });
  return { chaosMs, ...(Object.fromEntries(chosen) as Omit<Faults, 'chaosMs'>) };
}

/** A network that does what the faults say while `isRough`, and works otherwise. */
export function faultyNetwork(sim: Simulation, faults: Faults, isRough: () => boolean): Network {
  const { random } = sim;
  return (site) => {
    const calm: Fate = { requestMs: sim.delay(0.2, 3), replyMs: sim.delay(0.2, 3) };
    if (!isRough()) return calm;
    if (random.chance(faults.crash)) {
      return { ...calm, crash: random.pick(['before', 'unacknowledged', 'after'] as const) };
    }
    if (random.chance(faults.lostRequest)) return { ...calm, loses: 'request' };
    const fate: Fate = {
      ...calm,
      ...(random.chance(faults.late) && lateness(sim, site)),
      ...(random.chance(faults.lostReply) && { loses: 'reply' as const }),
    };
    // A database gets a statement once; whoever sends it again is its client.
    return site.target !== 'store' && random.chance(faults.copied)
      ? { ...fate, copyMs: sim.delay(0, 2_000) }
      : fate;
  };
}

/** Either way may be long; a store is waited for without limit, a service until the step's timeout. */
function lateness(sim: Simulation, { target }: CallSite): Partial<Fate> {
  const ms = sim.delay(100, target === 'store' ? 1_500 : 3_000);
  return sim.random.chance(0.7) ? { requestMs: ms } : { replyMs: ms };
}

/** Services that refuse, fail and keep silent while it is rough, and say yes afterwards. */
export function faultyAnswers(
  sim: Simulation,
  faults: Faults,
  isRough: () => boolean,
): (call: ServiceCall) => ServiceAnswer {
  const { random } = sim;
  return ({ step, direction }) => {
    if (isRough()) {
      const error = { code: 'INJECTED', message: `${step} fails on purpose.` };
      if (random.chance(faults.rejected)) return { kind: 'rejected', error };
      if (random.chance(faults.transient)) return { kind: 'transient', error };
      if (random.chance(faults.unknown)) return { kind: 'unknown', error };
    }
    return { kind: 'applied', output: { step, direction } };
  };
}
