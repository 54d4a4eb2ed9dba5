import { operate, requestCancel, sendSignal, startSaga, takeOver } from '@counterstep/db/commands';
import { clearFaults, setFault } from '@counterstep/db/faults';
import type { SagaDetail } from '@counterstep/db/read';
import type { SagaStatus } from '@counterstep/saga-core/machine';
import type { OrderStyle } from '@counterstep/services/place-order';
import { sagas } from '@counterstep/services/sagas';
import { isDone } from '../system.ts';
import type { Rig } from './rig.ts';

/** One story of one saga, told again for each point at which its worker may die. */
export interface Scenario {
  readonly name: string;
  /** Told at every boundary in the short form too. */
  readonly isShort?: true;
  /** Here the worker also dies while it starts; in the other scenarios that would be the same again. */
  readonly withStart?: true;
  /** Everything up to where the victim finds it. Returns the saga's id. */
  begin(rig: Rig): Promise<string>;
  /** What somebody outside does once the saga is so far, or once its worker is gone. */
  readonly outside?: {
    readonly when: (saga: SagaDetail) => boolean;
    act(rig: Rig, sagaId: string): Promise<void>;
  };
  /** Boundaries that this story crosses once more, or once less, by chance. */
  readonly byTiming?: readonly string[];
  /** How it ends undisturbed. */
  readonly end: SagaStatus;
  /** Another end that a crash may legally bring about; the log must say why. */
  readonly orElse?: { readonly end: SagaStatus; readonly because: string };
}

const placed =
  (style: OrderStyle, request: Parameters<Rig['place']>[0] = {}) =>
  async (rig: Rig): Promise<string> =>
    (await rig.place({ style, ...request })).sagaId;

const isAt = (step: string) => (saga: SagaDetail) =>
  saga.steps.some(({ name, status }) => name === step && status === 'dispatched');

function orders(style: OrderStyle): Scenario[] {
  const place = placed(style);
  return [
    {
      name: `${style}, success`,
      isShort: true,
      ...(style === 'orchestration' && { withStart: true }),
      begin: place,
      end: 'completed',
    },
    {
      name: `${style}, business rejection`,
      // More than this customer may spend.
      begin: placed(style, {
        customerId: 'corner-kiosk',
        lines: [{ sku: 'WAL-TRAY-02', quantity: 2 }],
      }),
      end: 'compensated',
    },
    {
      name: `${style}, no at the pivot`,
      async begin(rig) {
        const rule = { service: 'shipment', operation: 'shipment.initiate' };
        await setFault(rig.saga, { ...rule, kind: 'reject' });
        return place(rig);
      },
      end: 'compensated',
    },
    {
      name: `${style}, unknown outcome`,
      async begin(rig) {
        const rule = { service: 'payment', operation: 'payment.charge', nextCalls: 1 };
        await setFault(rig.saga, { ...rule, kind: 'fail-after-commit' });
        return place(rig);
      },
      // A rule that is used up is asked about until the worker has looked at the rules again.
      byTiming: ['saga: faults.decide'],
      end: 'completed',
    },
    {
      name: `${style}, stuck and retried`,
      begin: (rig) => stuckAndRetried(rig, style, ['payment.charge', 'inventory.release']),
      end: 'compensated',
    },
    {
      name: `${style}, cancel`,
      async begin(rig) {
        // The charge takes so long that the cancel comes before the pivot.
        const rule = { service: 'payment', operation: 'payment.charge', delayMs: 1_200 };
        await setFault(rig.saga, { ...rule, kind: 'delay' });
        return place(rig);
      },
      outside: {
        when:
          style === 'orchestration'
            ? isAt('payment.charge')
            : // Nobody logs that a service has begun; it has when the one before it is done.
              ({ steps }) =>
                steps.some((s) => s.name === 'inventory.reserve' && s.status === 'succeeded'),
        act: (rig, sagaId) =>
          requestCancel(rig.saga, { sagaId, reason: 'changed my mind', actor: 'ann' }),
      },
      end: 'compensated',
      // After a takeover the pivot may be first; then the cancel comes too late, and is told so.
      orElse: { end: 'completed', because: 'CancelRefused' },
    },
  ];
}

const rejected = { kind: 'reject' } as const;

/** What only the choreographed style writes: parked attempts, closed keys, dead letters. */
const withoutCoordinator: readonly Scenario[] = [
  {
    name: 'choreography, no at the first step',
    async begin(rig) {
      await setFault(rig.saga, { service: 'order', operation: 'order.create', ...rejected });
      return placed('choreography')(rig);
    },
    end: 'compensated',
  },
  {
    name: 'choreography, no at the warehouse',
    // One more than there are.
    begin: placed('choreography', { lines: [{ sku: 'VAS-GLS-03', quantity: 13 }] }),
    end: 'compensated',
  },
  {
    name: 'choreography, attempts used up',
    async begin(rig) {
      const rule = { service: 'inventory', operation: 'inventory.reserve' };
      await setFault(rig.saga, { ...rule, kind: 'fail-before-commit' });
      return placed('choreography')(rig);
    },
    end: 'compensated',
  },
  {
    name: 'choreography, dead letter past the pivot',
    begin: (rig) => stuckAndRetried(rig, 'choreography', ['order.confirm']),
    end: 'completed',
  },
];

/** Nothing is heard of a charge, and somebody hands the saga to the orchestrator: forward, and back. */
const takenOver = (way: 'forward' | 'back'): Scenario => ({
  name: `choreography, taken over on its way ${way}`,
  async begin(rig) {
    const slow = way === 'forward' ? 'payment.charge' : 'inventory.release';
    if (way === 'back') {
      await setFault(rig.saga, { service: 'payment', operation: 'payment.charge', ...rejected });
    }
    const service = slow.split('.')[0] ?? '';
    await setFault(rig.saga, { service, operation: slow, kind: 'delay', delayMs: 1_200 });
    return placed('choreography')(rig);
  },
  outside: {
    when: ({ steps }) =>
      way === 'forward'
        ? steps.some(({ name, status }) => name === 'payment.charge' && status === 'dispatched')
        : steps.some(({ compensation }) => compensation === 'compensating'),
    async act(rig, sagaId) {
      for (;;) {
        const { seq } = await rig.until(sagaId, () => true);
        const ask = { sagaId, reason: 'nothing is heard of it', actor: 'ann', expectedSeq: seq };
        try {
          return await takeOver(rig.saga, sagas.find, ask);
        } catch (error) {
          // It moves while it is looked at; one that has ended needs nobody.
          const { code } = error as { code?: string };
          if (code === 'NOT_ALLOWED') return undefined;
          if (code !== 'CONFLICT') throw error;
        }
      }
    },
  },
  byTiming: ['saga: saga.write'],
  end: way === 'forward' ? 'completed' : 'compensated',
});

/** Something fails for good; a person removes the cause and says "again" while no worker lives. */
async function stuckAndRetried(
  rig: Rig,
  style: OrderStyle,
  operations: readonly string[],
): Promise<string> {
  for (const operation of operations) {
    const service = operation.split('.')[0] ?? '';
    await setFault(rig.saga, { service, operation, ...rejected });
  }
  const { sagaId } = await rig.place({ style });
  await rig.withWorker(() => rig.settled(sagaId));
  await clearFaults(rig.saga);
  const { status, seq } = await rig.until(sagaId, isDone);
  if (status !== 'stuck') throw new Error(`It should be stuck, and is ${status}.`);
  const ask = { sagaId, reason: 'found the shelf', actor: 'bob', expectedSeq: seq };
  await operate(rig.saga, sagas.find, { ...ask, action: 'retry' });
  return sagaId;
}

const errand = (name: string, go: boolean, end: SagaStatus): Scenario => ({
  name: `functions, ${name}`,
  async begin(rig) {
    const [definition] = rig.functions;
    return (await startSaga(rig.saga, definition, { input: { what: name }, actor: 'ann' })).sagaId;
  },
  outside: {
    when: ({ current }) => current?.waitsFor === 'signal',
    act: (rig, sagaId) => {
      const [definition] = rig.functions;
      const signal = { sagaId, signal: 'word', payload: { go }, actor: 'bob' };
      return sendSignal(rig.saga, () => definition, signal);
    },
  },
  // Answers of steps that run at once travel in one write, or in two.
  byTiming: ['saga: saga.write'],
  end,
});

const late: Scenario = {
  name: 'functions, deadline',
  async begin(rig) {
    const [, definition] = rig.functions;
    const request = { input: { what: 'a party' }, actor: 'ann' };
    return (await startSaga(rig.saga, definition, request)).sagaId;
  },
  end: 'compensated',
};

export const scenarios: readonly Scenario[] = [
  // The longest first: the others are recorded meanwhile.
  late,
  ...orders('orchestration'),
  ...orders('choreography'),
  ...withoutCoordinator,
  takenOver('forward'),
  takenOver('back'),
  errand('parallel, signal, sleep', true, 'completed'),
  errand('pivot that says no', false, 'compensated'),
];
