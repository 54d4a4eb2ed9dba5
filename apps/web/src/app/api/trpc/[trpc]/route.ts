import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { backend } from '@/server/backend.ts';
import { batchSizeMax, guard } from '@/server/guard/guard.ts';
import { appRouter } from '@/server/routers/index.ts';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  const passed = await guard(request);
  if (passed instanceof Response) return passed;
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: passed,
    router: appRouter,
    // The guard counts too, but only here are the names decoded.
    maxBatchSize: batchSizeMax,
    createContext: () => ({ backend, actor: 'operator' }),
    // `no-transform`: compression would hold back the stream's frames until a block is full.
    responseMeta: () => ({ headers: { 'cache-control': 'no-store, no-transform' } }),
    onError({ error, path }) {
      if (error.code === 'INTERNAL_SERVER_ERROR') console.error(`${path ?? '?'}:`, error.cause);
    },
  });
}

export { handle as GET, handle as POST };
