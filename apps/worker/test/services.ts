import { randomUUID } from 'node:crypto';
import { createParticipant, type ServiceParticipant } from '@counterstep/db/barrier';
import type { FaultGate } from '@counterstep/db/faults';
import { createServiceBus } from '@counterstep/services/bus';
import { serviceNames } from '@counterstep/services/databases';
import { serviceOperations } from '@counterstep/services/participants';
import {
  type Choreography,
  type ChoreographyOptions,
  createChoreography,
} from '../src/choreography.ts';
import type { System } from './system.ts';

interface Options extends Pick<ChoreographyOptions, 'flow' | 'isTracked' | 'deliver'> {
  readonly faults?: FaultGate;
  /** Stands between the reactors and a service. */
  readonly around?: (participant: ServiceParticipant) => ServiceParticipant;
}

/** The choreographed style alone: no orchestrator, no worker that could do anything else. */
export interface Services extends Choreography {
  /** What went wrong in it and was put up with. */
  readonly errors: readonly unknown[];
}

export function createServices(system: System, options: Options = {}): Services {
  const { faults, around = (participant) => participant, ...rest } = options;
  const { saga, databases } = system;
  const errors: unknown[] = [];
  const nobody = () => undefined;
  const participants = new Map(
    serviceNames.map((service) => {
      const operations = serviceOperations[service];
      const pool = databases[service];
      return [service, around(createParticipant({ pool, operations, ...(faults && { faults }) }))];
    }),
  );
  const choreography = createChoreography({
    ...rest,
    workerId: randomUUID(),
    bus: createServiceBus({ saga, databases }),
    saga,
    databases,
    participants,
    nowMs: Date.now,
    liveWorkers: () => 1,
    stallPolicy: 'alarm',
    onOutbox: nobody,
    onEvents: nobody,
    onError: (error) => errors.push(error),
  });
  return { ...choreography, errors };
}
