import { expect, it, vi } from 'vitest';
import { createOrchestrator, type SagaStore, systemTime } from '../src/engine/index.ts';
import { orderLike } from './order-like.ts';

it('refuses a definition that calls a service nobody speaks for', () => {
  const create = () =>
    createOrchestrator({
      definitions: [orderLike],
      store: {} as SagaStore,
      participants: new Map(),
      clock: { ...systemTime, now: () => new Date().toISOString() },
      actor: 'w',
      onError: () => undefined,
    });
  expect(create).toThrow('no participant for the service "order"');
});

it('waits for as long as a timer can, when it should wait for longer', () => {
  const set = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const callOff = systemTime.after(365 * 24 * 3_600_000, () => undefined);
  callOff();
  expect(set).not.toHaveBeenCalled();
  set.mockRestore();
});
