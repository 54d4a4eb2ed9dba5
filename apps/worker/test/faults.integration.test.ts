import { randomUUID } from 'node:crypto';
import {
  clearFaults,
  type FaultKind,
  faultKinds,
  type NewFault,
  setFault,
} from '@counterstep/db/faults';
import {
  evolve,
  initialState,
  type SagaEvent,
  type SagaState,
} from '@counterstep/saga-core/machine';
import { runAudit } from '@counterstep/services/audit';
import { idsOf, type OrderStyle } from '@counterstep/services/place-order';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../src/worker.ts';
import { isDone, startSystem, type System } from './system.ts';

let system: System;
let worker: Worker;

beforeAll(async () => {
  system = await startSystem();
  worker = createWorker({ main: system.url });
  await worker.start();
});

afterAll(async () => {
  await worker.stop();
  await system.stop();
});

const actions = [
  'order.create',
  'inventory.reserve',
  'payment.charge',
  'shipment.initiate',
  'order.confirm',
] as const;
const counterSteps = ['order.cancel', 'inventory.release', 'payment.refund'] as const;
type OperationName = (typeof actions)[number] | (typeof counterSteps)[number];

/** What has to go wrong so that a counter-step is called at all. */
const trigger: Partial<Record<OperationName, OperationName>> = {
  'order.cancel': 'payment.charge',
  'inventory.release': 'payment.charge',
  'payment.refund': 'shipment.initiate',
};

interface Case {
  readonly style: OrderStyle;
  readonly operation: OperationName;
  readonly kind: FaultKind;
  readonly scope: 'once' | 'always';
}

const styles: readonly OrderStyle[] = ['orchestration', 'choreography'];
const cases: readonly Case[] = styles.flatMap((style) =>
  [...actions, ...counterSteps].flatMap((operation) =>
    faultKinds.flatMap((kind) =>
      (['once', 'always'] as const).map((scope) => ({ style, operation, kind, scope })),
    ),
  ),
);

const outcomeOf = new Map<string, string>();
const sagaOf = new Map<string, string>();
const nameOf = (c: Case): string => `${c.style} ${c.operation} ${c.kind} ${c.scope}`;

/** Where both styles must end, by what was broken. */
function expected({ operation, kind, scope }: Case): string {
  const isUndo = (counterSteps as readonly string[]).includes(operation);
  const isRejected = kind === 'reject';
  const isHopeless = scope === 'always' && (kind === 'fail-before-commit' || kind === 'hang');
  if (isUndo) return isRejected || isHopeless ? 'stuck' : 'compensated';
  if (!isRejected && !isHopeless) return 'completed';
  return operation === 'order.confirm' ? 'stuck' : 'compensated';
}

/** Faults bound to one order each, so that all cases run side by side. */
function rulesFor({ operation, kind, scope }: Case, orderId: string): NewFault[] {
  const rule = (name: string, rest: Pick<NewFault, 'kind'> & Partial<NewFault>): NewFault => ({
    service: name.split('.')[0] ?? '',
    operation: name,
    orderId,
    ...rest,
  });
  const cause = trigger[operation];
  return [
    rule(operation, {
      kind,
      ...(kind === 'delay' && { delayMs: 200 }),
      ...(scope === 'once' && { nextCalls: 1 }),
    }),
    ...(cause ? [rule(cause, { kind: 'reject' })] : []),
  ];
}

describe('every fault × operation × style', () => {
  beforeAll(async () => {
    // The order's id follows from its key, so the faults can be there before the order is.
    const keyed = cases.map((c) => ({ c, key: randomUUID() }));
    await Promise.all(
      keyed.flatMap(({ c, key }) =>
        rulesFor(c, idsOf('harbour-cafe', key).orderId).map((rule) => setFault(system.saga, rule)),
      ),
    );
    await Promise.all(
      keyed.map(async ({ c, key }) => {
        const placed = await system.place({ style: c.style, idempotencyKey: key });
        sagaOf.set(nameOf(c), placed.sagaId);
        const saga = await system.until(placed.sagaId, isDone, 90_000);
        outcomeOf.set(nameOf(c), saga.status);
      }),
    );
    await clearFaults(system.saga);
  }, 120_000);

  it.each(cases.map((c) => [nameOf(c), c] as const))('%s', async (name, c) => {
    expect(outcomeOf.get(name)).toBe(expected(c));
    const log = await system.log(sagaOf.get(name) ?? '');
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    // As the API hands it out: the type of an event is text there.
    const state = log.reduce<SagaState>(
      (before, event) => evolve(before, event as unknown as SagaEvent),
      initialState,
    );
    expect(state.phase.status).toBe(outcomeOf.get(name));
  });

  it('leaves the four services in agreement', async () => {
    const audit = await runAudit({ databases: system.databases, saga: system.saga });
    expect(audit.invariants.flatMap((invariant) => invariant.violations)).toEqual([]);
    expect(audit.invariants.reduce((sum, { rowsChecked }) => sum + rowsChecked, 0)).toBeGreaterThan(
      500,
    );
  });
});

describe('the next N calls', () => {
  it('are N, however many orders come at once', async () => {
    await setFault(system.saga, {
      service: 'payment',
      operation: 'payment.charge',
      kind: 'reject',
      nextCalls: 7,
    });
    const placed = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        system.place({ style: n % 2 === 0 ? 'orchestration' : 'choreography' }),
      ),
    );
    const sagas = await Promise.all(placed.map(({ sagaId }) => system.until(sagaId, isDone)));
    expect(sagas.filter((saga) => saga.status === 'compensated')).toHaveLength(7);
    expect(sagas.filter((saga) => saga.status === 'completed')).toHaveLength(23);
  });
});
