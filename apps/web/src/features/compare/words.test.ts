import { describe, expect, it } from 'vitest';
import { divergenceOf } from './divergence.ts';
import { faultPhrase } from './faults-met.ts';
import { booksApart, ledgerLines, sameState } from './ledger-lines.ts';
import { ledgerOf, log, sideOf } from './log.fixture.ts';
import type { Pair } from './side.ts';
import { partingClauses, whyOf } from './words.ts';

const charge = 'payment.charge';
const lost = { error: { code: 'INJECTED_LOST_REPLY', message: 'lost' } };

const pair: Pair = [
  sideOf({
    events: log(
      [0, 'StepDispatched', charge],
      [90, 'StepOutcomeUnknown', charge, lost],
      [100, 'StepDispatched', charge],
      [120, 'StepSucceeded', charge, { duplicate: true }],
    ),
    ledger: ledgerOf([[20, charge]]),
  }),
  sideOf({ style: 'choreography', events: log([30, 'StepSucceeded', charge]) }),
];

describe('the words of a comparison', () => {
  it('say what each side met where they part', () => {
    const divergence = divergenceOf(pair);
    expect(divergence && partingClauses(pair, divergence)).toEqual([
      'the orchestrator waited for a reply that never came, then asked again with the same key',
      'it went through in choreography',
    ]);
    expect(divergence && whyOf(pair, divergence)).toMatch(/^a reply is a message that can be lost/);
  });

  it('name a fault that struck one side alone', () => {
    expect(faultPhrase(pair)).toEqual({
      lead: 'with a fault in orchestration alone',
      fault: { step: charge, word: 'loses a reply after its commit' },
    });
    expect(faultPhrase([pair[0], pair[0]])?.lead).toBe('with the same fault');
    expect(faultPhrase([pair[1], pair[1]])).toBeUndefined();
  });
});

describe('ledgerLines', () => {
  const reserved = (status: 'held' | 'released') =>
    ledgerOf([], {
      reservations: [
        {
          sku: 'A',
          quantity: 2,
          status,
          at: '',
          writtenBy: { step: 'inventory.reserve', direction: 'action' },
        },
      ],
    });
  const sides = (status: 'running' | 'stuck' | 'completed'): Pair => [
    sideOf({ events: [], ledger: reserved('held') }),
    sideOf({ events: [], status, ledger: reserved('released') }),
  ];

  it('calls a difference one only when both are at rest', () => {
    const inventory = (of: Pair) => ledgerLines(of).find(({ service }) => service === 'Inventory');
    expect(inventory(sides('running'))).toMatchObject({ verdict: 'open' });
    expect(inventory(sides('completed'))).toMatchObject({
      verdict: 'differs',
      left: '2 × A held',
      right: '2 × A released',
    });
    expect(sameState(sides('running'))).toBeUndefined();
    expect(sameState(sides('completed'))).toBe(false);
  });

  it('names the services whose rows differ, also of two that are stuck', () => {
    expect(booksApart(sides('running'))).toBeUndefined();
    expect(booksApart(sides('stuck'))).toBe('Inventory');
  });
});
