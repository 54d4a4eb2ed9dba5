import { takeOver } from '@counterstep/db/commands';
import { type Flows, raiseStalls, type Stalled } from '@counterstep/db/tracker';
import type { Pool } from '@counterstep/db/tx';
import type { Lifecycle } from '@counterstep/saga-core/engine';
import { type ServiceDatabases, serviceNames } from '@counterstep/services/databases';
import { sagas } from '@counterstep/services/sagas';
import { repeat } from './repeat.ts';

/** What becomes of a choreographed saga in which something is overdue, beside the alarm. */
export type StallPolicy = 'alarm' | 'take-over';

const everyMs = 1_000;

export interface StallWatchOptions {
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
  readonly flows: Flows;
  readonly policy: StallPolicy;
  /** Logs have grown. */
  readonly onEvents: () => void;
  readonly onError: (error: unknown) => void;
}

/** Looks once a second for choreographed sagas that have fallen silent. */
export function createStallWatch(options: StallWatchOptions): Lifecycle {
  const { saga, databases, flows, policy, onEvents, onError } = options;
  const services = new Map(serviceNames.map((service) => [service, databases[service]]));
  return repeat(everyMs, onError, async () => {
    const raised = await raiseStalls(saga, flows, services);
    if (raised.length > 0) onEvents();
    if (policy === 'take-over') {
      for (const stalled of raised) await hand(saga, stalled).catch(onError);
    }
  });
}

/** One that has moved since is looked at again when it falls silent again. */
async function hand(saga: Pool, { sagaId, seq, stall }: Stalled): Promise<void> {
  const { expected, cause, consumer } = stall;
  const reason = `policy: ${expected.join(' or ')} did not follow ${cause.type} from ${consumer} in time`;
  await takeOver(saga, sagas.find, { sagaId, reason, actor: 'policy', expectedSeq: seq });
}

/**
 * Reads `STALL_POLICY` from an environment.
 *
 * @throws TypeError for a word that is none of the two
 */
export function stallPolicyFrom(env: Readonly<Record<string, string | undefined>>): StallPolicy {
  const policy = env['STALL_POLICY'] || 'alarm';
  if (policy === 'alarm' || policy === 'take-over') return policy;
  throw new TypeError(`STALL_POLICY is "alarm" or "take-over", not "${policy}".`);
}
