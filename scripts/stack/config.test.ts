import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('runs on loopback, port 3000, one worker, the embedded database', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      workers: 1,
      databaseUrl: undefined,
      serviceUrls: {},
    });
  });

  it('passes each service its own database', () => {
    const url = 'postgres://a:b@db:5432/payments';
    expect(readConfig({ PAYMENT_DATABASE_URL: url }).serviceUrls).toEqual({ payment: url });
  });

  it('refuses another address without an operator token', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/COUNTERSTEP_OPERATOR_TOKEN/);
    expect(readConfig({ HOST: '0.0.0.0', COUNTERSTEP_OPERATOR_TOKEN: 's' }).host).toBe('0.0.0.0');
  });

  it.each(['0', '70000', 'http', '1.5'])('refuses PORT=%s by name', (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(/^PORT=/);
  });

  it('does not repeat a bad URL, which may hold a password', () => {
    const attempt = () => readConfig({ DATABASE_URL: 'mysql://u:secret@h/d' });
    expect(attempt).toThrow(/DATABASE_URL/);
    expect(attempt).not.toThrow(/secret/);
  });
});
