import type { SagaEvent } from '@/lib/trpc.ts';
import type { Attempt } from './attempts.ts';
import { memberOf, textOf } from './event-data.ts';

/** From these on nobody waits any longer. */
const overs = new Set(['CompensationStarted', 'SagaCompleted', 'SagaCompensated', 'SagaResolved']);

/** Reads the waits of a log into the attempts: from when they begin to when something ends them. */
export class WaitReader {
  private readonly attempts: Attempt[];
  /** Signals that came before they were awaited. */
  private readonly early = new Map<string, SagaEvent>();

  constructor(attempts: Attempt[]) {
    this.attempts = attempts;
  }

  /** True for an event that says no more than something about a wait. */
  read(event: SagaEvent): boolean {
    if (overs.has(event.type)) this.endAll(event);
    switch (event.type) {
      case 'TimerSet':
        this.begin(event, 'sleep', textOf(event.data, 'fireAt'));
        return true;
      case 'SignalAwaited': {
        const wait = this.begin(event, 'signal', textOf(event.data, 'until'));
        const early = this.early.get(wait.step);
        if (early) end(wait, event, 'succeeded', memberOf(early.data, 'payload'));
        return true;
      }
      case 'TimerFired': {
        const wait = this.open(event);
        if (wait) end(wait, event, 'succeeded', undefined);
        return true;
      }
      case 'SignalReceived': {
        const wait = this.open(event);
        if (wait) end(wait, event, 'succeeded', memberOf(event.data, 'payload'));
        else if (event.step && !this.early.has(event.step)) this.early.set(event.step, event);
        return true;
      }
      default:
        return false;
    }
  }

  private begin(event: SagaEvent, wait: 'sleep' | 'signal', until: string): Attempt {
    const attempt: Attempt = {
      step: event.step ?? '',
      way: 'action',
      number: 1,
      startedAt: event.at,
      startSeq: event.seq,
      actor: event.actor,
      request: undefined,
      wait,
      ...(until && { until }),
      outcome: 'running',
    };
    this.attempts.push(attempt);
    return attempt;
  }

  private open({ step }: SagaEvent): Attempt | undefined {
    return this.attempts.find((each) => each.wait && each.step === step && !each.endedAt);
  }

  private endAll(event: SagaEvent): void {
    for (const attempt of this.attempts) {
      if (attempt.wait && !attempt.endedAt) end(attempt, event, 'given-up', undefined);
    }
  }
}

function end(
  wait: Attempt,
  { at, seq }: SagaEvent,
  outcome: Attempt['outcome'],
  output: unknown,
): void {
  wait.outcome = outcome;
  wait.endedAt = at;
  wait.endSeq = seq;
  if (output !== undefined) wait.output = output;
}
