import type { SagaShape } from '../definition/index.ts';
import type { FencedEffect } from '../participant/index.ts';
import type { CallPorts } from './call.ts';
import { sleep } from './system-time.ts';

/** A service that is away for a moment is asked again at once; one that is away for longer, later. */
const triesMax = 3;
const waitMs = 100;

export interface FenceOptions {
  readonly sagaId: string;
  readonly definition: SagaShape;
  readonly epoch: number;
  readonly random: () => number;
  /** Nobody needs the answer any more. */
  readonly isMoot: () => boolean;
}

/**
 * Fences a saga at every service that its definition names, and gathers what it has done there.
 * Undefined while any of them cannot be asked: to act beside a service that still reacts would be two
 * minds. Those that have answered answer the same again.
 */
export async function fenceServices(
  { participants, clock }: CallPorts,
  { sagaId, definition, epoch, random, isMoot }: FenceOptions,
): Promise<readonly FencedEffect[] | undefined> {
  const ask = async (service: string): Promise<readonly FencedEffect[] | undefined> => {
    for (let tries = 0; tries < triesMax && !isMoot(); tries += 1) {
      if (tries > 0) await sleep(clock, waitMs * (0.5 + random() / 2));
      try {
        const participant = participants.get(service);
        if (!participant) throw new Error(`No participant for service "${service}".`);
        return await participant.fence(sagaId, epoch);
      } catch {
        // Its database is away, or a batch holds the lock for long.
      }
    }
    return undefined;
  };
  const answers = await Promise.all(servicesOf(definition).map(ask));
  const effects: FencedEffect[] = [];
  for (const answer of answers) {
    if (!answer) return undefined;
    effects.push(...answer);
  }
  return effects;
}

/** Every service that a step of the definition calls, in either direction. */
function servicesOf({ steps }: SagaShape): string[] {
  const works = steps.flatMap(({ action, compensation }) => [action, compensation]);
  return [
    ...new Set(
      works.flatMap((work) => (work?.kind === 'operation' ? [work.operation.service] : [])),
    ),
  ];
}
