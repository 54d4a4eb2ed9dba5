import type { SagaEvent } from '@/lib/trpc.ts';

/** A part of the log that somebody looks for. */
export interface LogKind {
  readonly id: string;
  readonly word: string;
  readonly has: (event: SagaEvent) => boolean;
}

const trouble = new Set([
  'StepFailed',
  'StepOutcomeUnknown',
  'OutcomeUnstorable',
  'CompensationStarted',
  'CompensationFailed',
  'CancelRefused',
  'SagaStuck',
  'SagaStalled',
]);

const people = new Set([
  'CancelRequested',
  'CancelRefused',
  'SagaPaused',
  'SagaResumed',
  'SignalReceived',
  'OperatorActed',
  'SagaTakenOver',
]);

const all: LogKind = { id: '', word: 'All events', has: () => true };

/** All, what went wrong, what people did, and each step of this log. */
export function logKindsOf(events: readonly SagaEvent[]): readonly LogKind[] {
  const steps = [...new Set(events.flatMap(({ step }) => step ?? []))];
  return [
    all,
    { id: 'trouble', word: 'What went wrong', has: ({ type }) => trouble.has(type) },
    { id: 'people', word: 'What people did', has: ({ type }) => people.has(type) },
    ...steps.map((name) => ({
      id: `step:${name}`,
      word: name,
      has: ({ step }: SagaEvent) => step === name,
    })),
  ];
}

/** One that this log does not have hides nothing. */
export const logKindOf = (kinds: readonly LogKind[], id: string | null): LogKind =>
  kinds.find((kind) => kind.id === id) ?? all;
