import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** One process incarnation; nothing of it is ever used again. */
export interface Identity {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** Name in logs: short enough to read aloud. */
  readonly actor: string;
  readonly lockKey: bigint;
}

export function createIdentity(): Identity {
  const id = randomUUID();
  return {
    id,
    pid: process.pid,
    host: hostname(),
    actor: `w-${id.slice(0, 4)}`,
    // Positive and below 2^62: the halves of pg_locks join back without a sign.
    lockKey: randomBytes(8).readBigUInt64BE() >> 2n,
  };
}
