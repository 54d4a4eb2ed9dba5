import { afterEach, describe, expect, it, vi } from 'vitest';
import { guard } from './guard.ts';
import { cookieValue, tokenCookie } from './token.ts';

const json = { 'content-type': 'application/json' };

function post(headers: Record<string, string> = {}, body = '{}', path = 'orders.place'): Request {
  return new Request(`http://127.0.0.1:3000/api/trpc/${path}`, {
    method: 'POST',
    body,
    headers: { host: '127.0.0.1:3000', ...json, ...headers },
  });
}

async function statusOf(request: Request): Promise<number> {
  const passed = await guard(request);
  return passed instanceof Response ? passed.status : 200;
}

afterEach(() => vi.unstubAllEnvs());

describe('on loopback', () => {
  it('lets a client without a browser through, and keeps its body', async () => {
    const passed = await guard(post({}, '{"a":1}'));
    expect(passed).toBeInstanceOf(Request);
    await expect(passed.text()).resolves.toBe('{"a":1}');
  });

  it('lets the dashboard itself through', async () => {
    const own = { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' };
    await expect(statusOf(post(own))).resolves.toBe(200);
  });

  it.each([
    ['a page of another origin', { origin: 'https://elsewhere.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:8080' }, 403],
    ['a cross-site request without origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a name that resolves here', { host: 'rebound.example:3000' }, 403],
    ['a name that only begins like ours', { host: 'localhost.elsewhere.example' }, 403],
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['a type that only begins like JSON', { 'content-type': 'application/jsonp' }, 415],
  ])('refuses %s', async (_what, headers, status) => {
    await expect(statusOf(post(headers))).resolves.toBe(status);
  });

  it('stops reading a body that grows past its bound', async () => {
    await expect(statusOf(post({}, 'x'.repeat(64 * 1024)))).resolves.toBe(200);
    await expect(statusOf(post({}, 'x'.repeat(64 * 1024 + 1)))).resolves.toBe(413);
  });

  it('refuses a batch of more than ten', async () => {
    const names = (count: number) => Array.from({ length: count }, () => 'sagas.counts').join(',');
    await expect(statusOf(post({}, '{}', names(10)))).resolves.toBe(200);
    await expect(statusOf(post({}, '{}', names(11)))).resolves.toBe(400);
  });
});

describe('on another address', () => {
  const remote = { host: 'saga.example' };

  it('asks for the operator token in each call', async () => {
    vi.stubEnv('HOST', '0.0.0.0');
    vi.stubEnv('COUNTERSTEP_OPERATOR_TOKEN', 'a secret');
    await expect(statusOf(post(remote))).resolves.toBe(401);
    await expect(statusOf(post({ ...remote, authorization: 'Bearer wrong' }))).resolves.toBe(401);
    await expect(statusOf(post({ ...remote, cookie: `${tokenCookie}=a secret` }))).resolves.toBe(
      401,
    );
    await expect(statusOf(post({ ...remote, authorization: 'Bearer a secret' }))).resolves.toBe(
      200,
    );
    const cookie = `other=1; ${tokenCookie}=${cookieValue('a secret')}`;
    await expect(statusOf(post({ ...remote, cookie }))).resolves.toBe(200);
  });

  it('lets nobody in without a token to compare with', async () => {
    vi.stubEnv('HOST', '0.0.0.0');
    vi.stubEnv('COUNTERSTEP_OPERATOR_TOKEN', '');
    await expect(statusOf(post({ ...remote, authorization: 'Bearer ' }))).resolves.toBe(401);
  });
});
