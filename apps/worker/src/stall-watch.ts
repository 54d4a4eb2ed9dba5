import { takeOver } from '@counterstep/db/commands';
import {
  type Calm,
  type Flows,
  raiseStalls,
  type Stalled,
  type StallPolicy,
} from '@counterstep/db/tracker';
import type { Pool } from '@counterstep/db/tx';
import type { Lifecycle } from '@counterstep/saga-core/engine';
import { type ServiceDatabases, serviceNames } from '@counterstep/services/databases';
import { sagas } from '@counterstep/services/sagas';
import { repeat } from './repeat.ts';

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
  const calm: Calm = new Map();
  return repeat(everyMs, onError, async () => {
    const raised = await raiseStalls(saga, flows, services, { calm, onError });
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
