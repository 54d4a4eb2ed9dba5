import { clearFaults, mutate, oneTray, placeOrder, query } from './api.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ request }) => clearFaults(request));

test('orders.place over plain HTTP, in both styles', async ({ request }) => {
  for (const style of ['orchestration', 'choreography'] as const) {
    const { sagaId, orderId, duplicate } = await placeOrder(request, { style });
    expect(duplicate).toBe(false);
    await expect
      .poll(() => query<{ status: string }>(request, 'sagas.get', { sagaId }))
      .toMatchObject({ status: 'completed', style, orderId });
  }
});

test('the same key gives the same order; with another body it is refused', async ({ request }) => {
  const idempotencyKey = crypto.randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => placeOrder(request, { idempotencyKey })),
  );
  expect(new Set(answers.map(({ orderId }) => orderId)).size).toBe(1);
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  const other = await mutate(request, 'orders.place', {
    ...oneTray,
    lines: [{ sku: 'WAL-TRAY-02', quantity: 2 }],
    idempotencyKey,
  });
  expect(other.status()).toBe(409);
  expect(await other.json()).toMatchObject({ error: { data: { reason: 'KEY_REUSED' } } });
});

const bad = [
  { what: 'no lines', change: { lines: [] }, says: /at least one line/ },
  {
    what: 'a quantity of zero',
    change: { lines: [{ sku: 'MUG-STN-04', quantity: 0 }] },
    says: /at least 1/,
  },
  {
    what: 'an unknown product',
    change: { lines: [{ sku: 'NO-SUCH-99', quantity: 1 }] },
    says: /NO-SUCH-99/,
  },
  {
    what: 'an unknown style',
    change: { style: 'improvisation' },
    says: /style: is "improvisation"; write one of orchestration, choreography/,
  },
  { what: 'a field that does not exist', change: { discount: 50 }, says: /discount/ },
];

for (const { what, change, says } of bad) {
  test(`an order with ${what} gets 400 and a sentence`, async ({ request }) => {
    const response = await mutate(request, 'orders.place', { ...oneTray, ...change });
    expect(response.status()).toBe(400);
    const { error } = (await response.json()) as { error: { message: string } };
    expect(error.message).toMatch(says);
  });
}

test('a failure for a product that does not exist gets 400, and none is set', async ({
  request,
}) => {
  const response = await mutate(request, 'faults.set', {
    service: 'inventory',
    operation: 'inventory.reserve',
    kind: 'reject',
    sku: 'NO-SUCH-99',
  });
  expect(response.status()).toBe(400);
  expect(await response.text()).toContain('NO-SUCH-99');
  expect(await query(request, 'faults.list')).toEqual([]);
});

test('broken JSON, a huge body and another content type are refused', async ({ request }) => {
  const send = (data: string, type: string) =>
    request.post('/api/trpc/orders.place', {
      data: Buffer.from(data),
      headers: { 'content-type': type },
    });
  expect((await send('{"customerId":', 'application/json')).status()).toBe(400);
  expect(
    (await send(JSON.stringify({ text: 'x'.repeat(70_000) }), 'application/json')).status(),
  ).toBe(413);
  expect((await send('{}', 'multipart/form-data; boundary=x')).status()).toBe(415);
  expect((await send('{}', 'text/plain')).status()).toBe(415);
});

test('another origin, another host and large batches are refused', async ({ request }) => {
  const place = (headers: Record<string, string>) =>
    request.post('/api/trpc/orders.place', { data: oneTray, headers });
  expect((await place({ origin: 'https://elsewhere.example' })).status()).toBe(403);
  expect((await place({ 'sec-fetch-site': 'cross-site' })).status()).toBe(403);
  expect((await place({ host: 'rebound.example' })).status()).toBe(403);
  const names = Array.from({ length: 11 }, () => 'sagas.counts').join(',');
  expect((await request.get(`/api/trpc/${names}?batch=1&input={}`)).status()).toBe(400);
});

test('what does not exist gets 404', async ({ request }) => {
  const input = encodeURIComponent(
    JSON.stringify({ sagaId: '01a20a84-4eed-78c8-8559-000000000000' }),
  );
  expect((await request.get(`/api/trpc/sagas.get?input=${input}`)).status()).toBe(404);
  expect((await request.get(`/api/trpc/sagas.events?input=${input}`)).status()).toBe(404);
});

test('a page about nothing has the status of that, and its title', async ({ request }) => {
  const nowhere = await request.get('/no/such/page');
  expect(nowhere.status()).toBe(404);
  expect(await nowhere.text()).toContain('<title>Not found · Counterstep</title>');
  for (const id of ['01a20a84-4eed-78c8-8559-000000000000', 'nonsense']) {
    const absent = await request.get(`/sagas/${id}`);
    expect(absent.status()).toBe(404);
    expect(await absent.text()).toContain('<title>No such saga · Counterstep</title>');
  }
  const { sagaId } = await placeOrder(request);
  expect((await request.get(`/sagas/${sagaId}`)).status()).toBe(200);
});

test('health names a live worker; pages carry their security headers', async ({ request }) => {
  const health = await request.get('/api/health');
  expect(await health.json()).toMatchObject({ status: 'ok' });
  const { 'content-security-policy': policy, 'x-content-type-options': sniff } = (
    await request.get('/')
  ).headers();
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(sniff).toBe('nosniff');
});

test('a list is paged by its own cursors, and by no others', async ({ request }) => {
  for (let order = 0; order < 3; order += 1) await placeOrder(request);
  type Page = { items: { id: string }[]; nextCursor?: string };
  const first = await query<Page>(request, 'sagas.list', { limit: 2 });
  const second = await query<Page>(request, 'sagas.list', { limit: 2, cursor: first.nextCursor });
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const made = encodeURIComponent(JSON.stringify({ cursor: 'abc' }));
  expect((await request.get(`/api/trpc/sagas.list?input=${made}`)).status()).toBe(400);
});

test('a batch is counted after its names are decoded', async ({ request }) => {
  const names = Array.from({ length: 11 }, () => 'sagas.counts').join('%2C');
  const response = await request.get(`/api/trpc/${names}?batch=1&input=%7B%7D`);
  expect(response.status()).toBe(400);
});

for (const unstorable of ['a\u0000b', 'half \ud800 pair']) {
  test(`text that cannot be stored is refused: ${JSON.stringify(unstorable)}`, async ({
    request,
  }) => {
    const placed = await mutate(request, 'orders.place', {
      ...oneTray,
      idempotencyKey: unstorable,
    });
    expect(placed.status()).toBe(400);
    const search = encodeURIComponent(JSON.stringify({ search: unstorable }));
    expect((await request.get(`/api/trpc/sagas.list?input=${search}`)).status()).toBe(400);
  });
}

test('watching a saga that does not exist says so', async ({ request }) => {
  const input = encodeURIComponent(JSON.stringify({ sagaId: crypto.randomUUID() }));
  const response = await request.get(`/api/trpc/sagas.watch?input=${input}`);
  expect(await response.text()).toContain('There is no saga');
});

test('a page comes with its title, and not some time after it', async ({ request }) => {
  const [head = ''] = (await (await request.get('/failures')).text()).split('</head>');
  expect(head).toContain('<title>Failures · Counterstep</title>');
});

test('a quiet connection outlives the minute that proxies keep theirs', async ({ request }) => {
  const { 'keep-alive': keepAlive } = (await request.get('/api/health')).headers();
  expect(Number(/timeout=(\d+)/.exec(keepAlive ?? '')?.[1])).toBeGreaterThan(60);
});
