import type { SimulatedProcess, Simulation } from '../time/index.ts';

/** One call as it leaves a process. */
export interface CallSite {
  readonly process: SimulatedProcess;
  /** `store`, or the name of a service. */
  readonly target: string;
  /** What is asked, for instance `write` or `hotel:action#1`. */
  readonly what: string;
}

/** What becomes of one call. */
export interface Fate {
  /** Until the far side has it, ms. */
  readonly requestMs: number;
  /** Until the caller hears of it, ms. */
  readonly replyMs: number;
  /** The caller gets an error instead of an answer; with `reply` the far side has done it all the same. */
  readonly loses?: 'request' | 'reply';
  /** The far side gets it once more, so many ms after the first time. */
  readonly copyMs?: number;
  /**
   * The calling process ends: `before` anything is sent, when it is done and `unacknowledged`, or
   * `after` the answer has been heard and whatever follows from it at once has been sent.
   */
  readonly crash?: CrashMode;
}

export type CrashMode = 'before' | 'unacknowledged' | 'after';

/** Decides on every call, once. */
export type Network = (site: CallSite) => Fate;

/** The error that a caller gets whose call or answer was lost: it says nothing about the effect. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
  readonly code = 'CONNECTION_LOST';
}

/**
 * Carries a call from a process to something outside of it. The far side does its work even when the
 * caller has ended meanwhile, and a caller that has ended hears nothing.
 */
export function reach<Answer>(
  sim: Simulation,
  network: Network,
  site: CallSite,
  perform: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const { process } = site;
  const label = `${site.target} ${site.what}`;
  return new Promise((resolve, reject) => {
    if (process.status === 'dead') return;
    const { requestMs, replyMs, loses, copyMs, crash } = network(site);
    if (crash === 'before') {
      process.kill();
      return;
    }
    const hear = (settle: () => void) => {
      if (crash === 'unacknowledged') process.kill();
      process.later(replyMs, `hears ${label}`, () => {
        settle();
        if (crash === 'after') sim.later(0, `${process.name} ends`, () => process.kill());
      });
    };
    const lost = () =>
      hear(() => reject(new ConnectionLostError(`The ${loses} of ${label} is lost.`)));
    if (loses === 'request') {
      lost();
      return;
    }
    sim.later(requestMs, `${process.name} reaches ${label}`, () => {
      const done = settled(perform);
      void done.then((settlement) => {
        if (loses === 'reply') lost();
        else if ('error' in settlement) hear(() => reject(settlement.error));
        else hear(() => resolve(settlement.answer));
      });
      if (copyMs !== undefined) sim.later(copyMs, `copy of ${label}`, () => void settled(perform));
    });
  });
}

type Settlement<Answer> = { readonly answer: Answer } | { readonly error: unknown };

async function settled<Answer>(
  perform: () => Answer | Promise<Answer>,
): Promise<Settlement<Answer>> {
  try {
    return { answer: await perform() };
  } catch (error) {
    return { error };
  }
}

/** A network without faults, and with small delays that the seed chooses. */
export function calmNetwork(sim: Simulation): Network {
  return () => ({ requestMs: sim.delay(0.2, 2), replyMs: sim.delay(0.2, 2) });
}
