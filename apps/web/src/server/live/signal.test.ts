import { expect, it } from 'vitest';
import { Wake } from './signal.ts';

const never = new AbortController().signal;

it('does not lose a wake that came before the wait', async () => {
  const wake = new Wake();
  wake.notify();
  await wake.wait(60_000, never);
});

it('ends a wait on a wake', async () => {
  const wake = new Wake();
  const waited = wake.wait(60_000, never);
  wake.notify();
  await waited;
});

it('ends a wait on abort', async () => {
  const controller = new AbortController();
  const waited = new Wake().wait(60_000, controller.signal);
  controller.abort();
  await waited;
  expect(controller.signal.aborted).toBe(true);
});
