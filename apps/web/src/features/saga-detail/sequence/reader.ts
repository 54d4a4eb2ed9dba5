import type { Saga, SagaEvent, StepDetail } from '@/lib/trpc.ts';
import type { Way } from '../attempts.ts';
import { memberOf, textOf } from '../event-data.ts';
import { operationName } from '../looks.ts';
import { api, coordinator, laneOf } from './lanes.ts';

const backTypes = new Set(['CompensationDispatched', 'StepCompensated', 'CompensationFailed']);

/** What reading one event needs to know of the others. */
export class Reader {
  readonly events: readonly SagaEvent[];
  readonly now: string;
  private readonly steps: ReadonlyMap<string, StepDetail>;
  private readonly isChoreographed: boolean;
  private readonly takenOverSeq: number;
  private readonly senders = new Map<string, string>();

  constructor(saga: Pick<Saga, 'style' | 'steps'>, events: readonly SagaEvent[], now: string) {
    this.events = events;
    this.now = now;
    this.steps = new Map(saga.steps.map((step) => [step.name, step]));
    this.isChoreographed = saga.style === 'choreography';
    const takenOver = events.find(({ type }) => type === 'SagaTakenOver');
    this.takenOverSeq = takenOver?.seq ?? Number.POSITIVE_INFINITY;
    for (const { messageId, actor } of events) {
      // The first fact of a message bears its sender's name, what follows from it the tracker's.
      if (messageId !== undefined && !this.senders.has(messageId)) {
        this.senders.set(messageId, actor);
      }
    }
  }

  /** Nobody directs: services react to each other's events. */
  isLeaderless({ seq }: SagaEvent): boolean {
    return this.isChoreographed && seq < this.takenOverSeq;
  }

  wayOf({ type, data }: SagaEvent): Way {
    const isBack = backTypes.has(type) || textOf(data, 'direction') === 'compensation';
    return isBack ? 'compensation' : 'action';
  }

  lane({ step }: SagaEvent): string {
    const shape = step === undefined ? undefined : this.steps.get(step);
    return shape ? laneOf(shape) : coordinator;
  }

  operation(event: SagaEvent): string {
    const { step = '' } = event;
    return operationName(this.steps.get(step), this.wayOf(event), step);
  }

  /** Who sent the event that this reaction answers. */
  sender({ messageId }: SagaEvent): string {
    return (messageId === undefined ? undefined : this.senders.get(messageId)) ?? api;
  }

  /** Where what concerns the saga as a whole is drawn. */
  home(event: SagaEvent): string {
    return this.isLeaderless(event) ? api : coordinator;
  }

  /** This dispatch found its effect there already. */
  isDuplicate(dispatch: SagaEvent): boolean {
    const answer = this.events.find(
      (event) =>
        event.seq > dispatch.seq &&
        answers.has(event.type) &&
        this.isOfSameAttempt(event, dispatch),
    );
    return memberOf(answer?.data, 'duplicate') === true;
  }

  /** The dispatch that set a step off in this direction first. */
  firstDispatch(of: SagaEvent): SagaEvent | undefined {
    return this.events.find((event) => dispatches.has(event.type) && this.isOfSameStep(event, of));
  }

  hasLaterAttempt(of: SagaEvent, attempt: number): boolean {
    return this.events.some(
      (event) =>
        event.seq > of.seq &&
        (event.attempt ?? 0) >= attempt &&
        outcomes.has(event.type) &&
        this.isOfSameStep(event, of),
    );
  }

  isApplied(of: SagaEvent): boolean {
    return this.events.some((event) => applied.has(event.type) && this.isOfSameStep(event, of));
  }

  private isOfSameStep(a: SagaEvent, b: SagaEvent): boolean {
    return a.step === b.step && this.wayOf(a) === this.wayOf(b);
  }

  private isOfSameAttempt(a: SagaEvent, b: SagaEvent): boolean {
    return a.attempt === b.attempt && this.isOfSameStep(a, b);
  }
}

export const dispatches = new Set(['StepDispatched', 'CompensationDispatched']);
export const applied = new Set(['StepSucceeded', 'StepCompensated']);
const failures = ['StepFailed', 'StepOutcomeUnknown', 'OutcomeUnstorable', 'CompensationFailed'];
const answers = new Set([...applied, 'StepFailed', 'CompensationFailed']);
const outcomes = new Set([...applied, ...failures]);
