import { TRPCError } from '@trpc/server';

type Code = TRPCError['code'];

/**
 * Coded errors of the packages below and what they mean over HTTP. A code that is not listed is a
 * defect of ours: it becomes a 500 whose cause stays in the server's log.
 */
const httpMeaning: Readonly<Record<string, Code>> = {
  NOT_FOUND: 'NOT_FOUND',
  CONFLICT: 'CONFLICT',
  NOT_ALLOWED: 'CONFLICT',
  KEY_REUSED: 'CONFLICT',
  UNKNOWN_SKU: 'BAD_REQUEST',
  BAD_INPUT: 'BAD_REQUEST',
  INVALID_CURSOR: 'BAD_REQUEST',
  INVALID_QUANTITY: 'BAD_REQUEST',
  POOL_EXHAUSTED: 'SERVICE_UNAVAILABLE',
  CONNECTION_LOST: 'SERVICE_UNAVAILABLE',
  AUDIT_TOO_SLOW: 'SERVICE_UNAVAILABLE',
};

/** The only place where errors from below get their tRPC code. */
export function toTrpcError(error: unknown): TRPCError {
  const inner = error instanceof TRPCError ? (error.cause ?? error) : error;
  if (inner instanceof TRPCError) return inner;
  const { code, message } = describe(inner);
  const meaning = httpMeaning[code];
  if (meaning) return new TRPCError({ code: meaning, message, cause: inner });
  if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') return error;
  return new TRPCError({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'The server could not do this. Its log has the cause; try again.',
    cause: inner,
  });
}

/** The stable word for programs, `UNKNOWN_SKU` for instance, if the error carries one. */
export function reasonOf(error: unknown): string | undefined {
  const { code } = describe(error);
  return /^[A-Z][A-Z_]+$/.test(code) ? code : undefined;
}

function describe(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, message: error.message };
}
