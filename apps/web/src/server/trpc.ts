import { initTRPC } from '@trpc/server';
import { ZodError } from 'zod';
import type { Backend } from './backend.ts';
import { inputSentence } from './errors/input-sentence.ts';
import { reasonOf, toTrpcError } from './errors/to-trpc-error.ts';

export interface Context {
  readonly backend: () => Backend;
  /** Written beside everything that is done in this request. */
  readonly actor: string;
}

const t = initTRPC.context<Context>().create({
  isServer: true,
  sse: {
    // A stream without traffic must still be told apart from a dead one.
    ping: { enabled: true, intervalMs: 2_000 },
    client: { reconnectAfterInactivityMs: 6_000 },
  },
  errorFormatter({ shape, error }) {
    const said = sentenceOf(error.cause);
    const reason = reasonOf(error.cause);
    const { code, httpStatus, path } = shape.data;
    return {
      code: shape.code,
      message: said ?? shape.message,
      // No stack: what leaves the server is the code and a sentence.
      data: { code, httpStatus, ...(path && { path }), ...(reason && { reason }) },
    };
  },
});

/** Where the library's own words do not say what to change. */
function sentenceOf(cause: unknown): string | undefined {
  if (cause instanceof ZodError) return inputSentence(cause);
  return cause instanceof SyntaxError ? 'The input is not JSON. Send one JSON value.' : undefined;
}

export const router = t.router;

/** Errors from below leave with the code that says what they mean. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok || result.error.code === 'BAD_REQUEST') return result;
  throw toTrpcError(result.error);
});
