import { expect, it } from 'vitest';
import { matches, type SagaFilter } from './saga-filter.ts';
import type { SagaRow } from './trpc.ts';

const saga: SagaRow = {
  id: '01a21882-63c4-7c0c-87c7-6d30bd3dcaef',
  definition: 'place-order',
  version: 1,
  style: 'orchestration',
  status: 'running',
  paused: false,
  stalled: false,
  takenOver: false,
  inDoubt: false,
  businessKey: '11eda83e-d1cb-4a0c-85ae-c2529f2431c5',
  subject: 'mill-bakery',
  correlationId: null,
  input: {},
  steps: [],
  current: { step: 'payment.charge', direction: 'action', attempt: 2 },
  seq: 4,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:01.000Z',
};
const at = (more: object) => ({ ...saga, current: { ...saga.current, ...more } }) as SagaRow;
const ended: SagaRow = { ...saga, status: 'completed', finishedAt: saga.updatedAt };

it.each<[SagaFilter, SagaRow, boolean]>([
  [{}, saga, true],
  [{ status: 'running' }, saga, true],
  [{ status: ['stuck', 'completed'] }, saga, false],
  [{ view: 'active' }, saga, true],
  [{ view: 'active' }, ended, false],
  [{ view: 'retrying' }, saga, false],
  [{ view: 'retrying' }, at({ retryAt: '2026-01-01T00:00:02Z' }), true],
  [{ view: 'retrying' }, { ...at({ retryAt: '2026-01-01T00:00:02Z' }), finishedAt: 'x' }, false],
  [{ view: 'unknown' }, { ...saga, inDoubt: true }, true],
  [{ view: 'waiting' }, at({ waitsFor: 'signal' }), true],
  [{ view: 'waiting' }, { ...at({ waitsFor: 'signal' }), status: 'stuck' }, false],
  [{ view: 'paused' }, { ...saga, paused: true }, true],
  [{ view: 'stalled' }, saga, false],
  [{ style: 'choreography' }, saga, false],
  [{ definition: 'trip' }, saga, false],
  [{ search: ' MILL' }, saga, true],
  [{ search: '3dcaef' }, saga, true],
  [{ search: '01a21882-63' }, saga, true],
  [{ search: '11eda83e' }, saga, true],
  [{ search: 'bakery' }, saga, false],
])('%j', (filter, row, expected) => {
  expect(matches(filter, row)).toBe(expected);
});
