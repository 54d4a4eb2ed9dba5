import { TRPCError } from '@trpc/server';
import { expect, it } from 'vitest';
import { reasonOf, toTrpcError } from './to-trpc-error.ts';

const coded = (code: string, message = 'a sentence') => Object.assign(new Error(message), { code });

it.each([
  ['NOT_FOUND', 'NOT_FOUND'],
  ['CONFLICT', 'CONFLICT'],
  ['NOT_ALLOWED', 'CONFLICT'],
  ['KEY_REUSED', 'CONFLICT'],
  ['UNKNOWN_SKU', 'BAD_REQUEST'],
  ['POOL_EXHAUSTED', 'SERVICE_UNAVAILABLE'],
  ['AUDIT_TOO_SLOW', 'SERVICE_UNAVAILABLE'],
] as const)('%s becomes %s and keeps its sentence', (code, expected) => {
  const error = toTrpcError(coded(code));
  expect(error.code).toBe(expected);
  expect(error.message).toBe('a sentence');
  expect(reasonOf(error.cause)).toBe(code);
});

it('reads through the wrapper that the library puts around what a procedure throws', () => {
  const wrapped = new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: coded('KEY_REUSED') });
  expect(toTrpcError(wrapped).code).toBe('CONFLICT');
});

it('keeps what it does not know to itself', () => {
  const error = toTrpcError(new Error('relation "secret" does not exist'));
  expect(error.code).toBe('INTERNAL_SERVER_ERROR');
  expect(error.message).not.toContain('secret');
});
