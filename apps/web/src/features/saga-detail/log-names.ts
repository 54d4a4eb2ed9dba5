import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import type { Way } from './attempts.ts';
import { textOf } from './event-data.ts';
import { operationName } from './looks.ts';

/** Which direction of its step an event is about. */
export function wayOf({ type, data }: SagaEvent): Way {
  const isBack = type.includes('ompensat') || textOf(data, 'direction') === 'compensation';
  return isBack ? 'compensation' : 'action';
}

/** The operation that an event is about; empty for one of the saga as a whole. */
export function nameIn(saga: Pick<Saga, 'steps'>, event: SagaEvent): string {
  const step = saga.steps.find(({ name }) => name === event.step);
  return operationName(step, wayOf(event), event.step ?? '');
}
