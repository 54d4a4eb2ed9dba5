import type { APIResponse } from '@playwright/test';
import { mutate, query } from './api.ts';
import { expect, test } from './fixtures.ts';
import { startTrip, trip } from './trips.ts';

const messageOf = async (response: APIResponse) =>
  ((await response.json()) as { error: { message: string } }).error.message;

test('sagas.start names what it knows, and sends orders to orders.place', async ({ request }) => {
  const unknown = await mutate(request, 'sagas.start', { definition: 'voyage', input: {} });
  expect(unknown.status()).toBe(404);
  expect(await messageOf(unknown)).toMatch(/voyage.*place-order, trip/);
  const order = await mutate(request, 'sagas.start', { definition: 'place-order', input: {} });
  expect(order.status()).toBe(400);
  expect(await messageOf(order)).toContain('orders.place');
});

test('input that does not fit is refused field by field, with what to write', async ({
  request,
}) => {
  const input = { ...trip(), nights: 0, city: undefined, hotel: 'Ritz' };
  const refused = await mutate(request, 'sagas.start', { definition: 'trip', input });
  expect(refused.status()).toBe(400);
  const message = await messageOf(refused);
  expect(message).toContain('input.nights: is 0; write at least 1');
  expect(message).toContain('input.city: is missing; write text');
  expect(message).toContain('input: "hotel" is not known here');
});

test('a key stands for one input; another one is refused', async ({ request }) => {
  const ask = { definition: 'trip', input: trip(), idempotencyKey: crypto.randomUUID() };
  expect((await mutate(request, 'sagas.start', ask)).status()).toBe(200);
  const again = (await (await mutate(request, 'sagas.start', ask)).json()) as object;
  expect(again).toMatchObject({ result: { data: { duplicate: true } } });
  const other = await mutate(request, 'sagas.start', { ...ask, input: trip() });
  expect(other.status()).toBe(409);
  expect(await other.json()).toMatchObject({ error: { data: { reason: 'KEY_REUSED' } } });
});

test('input of any depth or size is answered, not fallen over', async ({ request }) => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const nested = await request.post('/api/trpc/sagas.start', {
    data: Buffer.from(`{"definition":"trip","input":${deep}}`),
    headers: { 'content-type': 'application/json' },
  });
  expect(nested.status()).toBe(400);
  const none = await mutate(request, 'sagas.start', { definition: 'trip' });
  expect(none.status()).toBe(400);
});

test('a signal is checked, and one that came is not taken twice', async ({ request }) => {
  const { sagaId } = await startTrip(request);
  const send = (signal: string, payload: unknown) =>
    mutate(request, 'sagas.signal', { sagaId, signal, payload });
  const unknown = await send('consent', {});
  expect(unknown.status()).toBe(400);
  expect(await messageOf(unknown)).toContain('"approval"');
  const unfit = await send('approval', { approved: 'maybe' });
  expect(unfit.status()).toBe(400);
  expect(await messageOf(unfit)).toBe(
    'payload.approvedBy: is missing; write text; payload.approved: is "maybe"; write true or false',
  );
  const yes = { approvedBy: 'bob', approved: true };
  expect((await send('approval', yes)).status()).toBe(200);
  expect((await send('approval', yes)).status()).toBe(200);
  expect((await send('approval', { ...yes, approved: false })).status()).toBe(409);
});

test('definitions.list names versions, steps and signals', async ({ request }) => {
  const known = await query<{ name: string; versions: object[] }[]>(request, 'definitions.list');
  expect(known.map(({ name }) => name)).toEqual(['place-order', 'trip']);
  expect(known[1]?.versions[0]).toMatchObject({
    version: 1,
    signals: [{ name: 'approval', onTimeout: 'turn-back' }],
  });
});
