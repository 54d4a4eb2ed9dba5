import { type MemoryDatabase, reap } from '../memory/index.ts';
import type { SimulatedProcess } from '../time/index.ts';

interface Lease {
  readonly process: SimulatedProcess;
  beatMs: number;
  isDead: boolean;
  /** When its session lock was first seen free. */
  freeSinceMs?: number;
}

/** Who is known as alive, and the reaper that takes sagas from those who are not. */
export interface Leases {
  register(workerId: string, process: SimulatedProcess): void;
  /** False when the worker has been declared dead. */
  beat(workerId: string): boolean;
}

const lookMs = 100;
const leaseMs = 5_000;
/** A live worker takes a lost lock again before that. */
const lockFreeMsMax = 300;

/** Starts the reaper as well: it looks for ever. */
export function createLeases(database: MemoryDatabase): Leases {
  const { sim, tables } = database;
  const leases = new Map<string, Lease>();

  function look(): void {
    for (const [workerId, lease] of leases) {
      if (lease.isDead) continue;
      if (lease.process.status === 'dead') lease.freeSinceMs ??= sim.nowMs;
      const isFree = sim.nowMs - (lease.freeSinceMs ?? sim.nowMs) >= lockFreeMsMax;
      if (!isFree && sim.nowMs - lease.beatMs <= leaseMs) continue;
      lease.isDead = true;
      reap(database, workerId);
    }
    layGhosts();
    sim.later(lookMs, 'reaper', look);
  }

  /** A claim that was on its way when its worker was declared dead commits after the reaping. */
  function layGhosts(): void {
    for (const { owner } of tables.instances.values()) {
      if (owner !== null && leases.get(owner)?.isDead !== false) reap(database, owner);
    }
  }

  sim.later(lookMs, 'reaper', look);
  return {
    register: (workerId, process) => {
      leases.set(workerId, { process, beatMs: sim.nowMs, isDead: false });
    },
    beat(workerId) {
      const lease = leases.get(workerId);
      if (!lease || lease.isDead) return false;
      lease.beatMs = sim.nowMs;
      return true;
    },
  };
}
