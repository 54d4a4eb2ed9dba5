import type { Saga, SagaEvent, StepDetail } from '@/lib/trpc.ts';

/** Moments of a test: ms after the saga's start, as the log writes them. */
export const at = (ms: number): string => new Date(Date.UTC(2026, 0, 2, 10) + ms).toISOString();

const shape = (operation: string, counterOperation?: string): StepDetail => ({
  name: operation,
  operation,
  ...(counterOperation && { counterOperation }),
  status: 'pending',
  isPivot: operation === 'shipment.initiate',
  class: 'compensatable',
  kind: 'operation',
  stage: 0,
  attempts: 0,
  compensationAttempts: 0,
  maxAttempts: 5,
  maxCompensationAttempts: 5,
  timeoutMs: 3_000,
});

const steps: StepDetail[] = [
  shape('order.create', 'order.cancel'),
  shape('payment.charge', 'payment.refund'),
  shape('shipment.initiate'),
];

export const sagaOf = (style: Saga['style'], change: Partial<Saga> = {}): Saga => ({
  id: '01a2187d-32cb-763f-a5f6-f2fbc14b7efe',
  definition: 'place-order',
  version: 1,
  style,
  status: 'compensated',
  paused: false,
  stalled: false,
  takenOver: false,
  inDoubt: false,
  businessKey: 'o-1',
  orderId: 'o-1',
  subject: 'harbour-cafe',
  correlationId: null,
  input: null,
  steps,
  seq: 0,
  createdAt: at(0),
  updatedAt: at(0),
  finishedAt: at(9_000),
  owner: null,
  fence: 1,
  logGeneration: 0,
  actions: [],
  ...change,
});

type Fact = Partial<Omit<SagaEvent, 'seq' | 'at'>> & { readonly type: string };

/** Numbers facts as a log does; each comes with its ms. */
export const logOf = (...facts: readonly (readonly [number, Fact])[]): SagaEvent[] =>
  facts.map(([ms, fact], index) => ({
    data: {},
    actor: 'w-1',
    ...fact,
    seq: index + 1,
    at: at(ms),
  }));

export const of = (step: string, attempt = 1) => ({ step, attempt });
