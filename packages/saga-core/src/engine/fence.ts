import type { SagaShape } from '../definition/index.ts';
import type { FencedEffect } from '../participant/index.ts';
import type { CallPorts } from './call.ts';

/** Between two tries to reach a service; it doubles up to the second. */
const firstWaitMs = 50;
const waitMsMax = 5_000;

export interface FenceOptions {
  readonly sagaId: string;
  readonly definition: SagaShape;
  readonly epoch: number;
  readonly random: () => number;
  /** Nobody needs the answer any more. */
  readonly isMoot: () => boolean;
}

/**
 * Fences a saga at every service that its definition names, and gathers what it has done there. Goes on
 * until the last of them has answered: to act beside a service that still reacts would be two minds.
 * Undefined once nobody needs the answer.
 */
export async function fenceServices(
  { participants, clock }: CallPorts,
  { sagaId, definition, epoch, random, isMoot }: FenceOptions,
): Promise<readonly FencedEffect[] | undefined> {
  const ask = async (service: string): Promise<readonly FencedEffect[] | undefined> => {
    for (let failures = 0; !isMoot(); failures += 1) {
      try {
        const participant = participants.get(service);
        if (!participant) throw new Error(`No participant for service "${service}".`);
        return await participant.fence(sagaId, epoch);
      } catch {
        // It is away, or busy for long. Nothing may be done before it has answered.
        await clock.sleep(Math.min(waitMsMax, firstWaitMs * 2 ** failures) * (0.5 + random() / 2));
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
