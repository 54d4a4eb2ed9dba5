import { findsMoreThan, listSagas } from '@counterstep/db/read';
import { exportMax } from '@/lib/export-max.ts';
import { backend } from '@/server/backend.ts';
import { toTrpcError } from '@/server/errors/to-trpc-error.ts';
import { readExportRequest } from '@/server/export/request.ts';
import { exportSagas } from '@/server/export/stream.ts';
import { guard } from '@/server/guard/guard.ts';
import { refuse } from '@/server/guard/refusal.ts';

export const dynamic = 'force-dynamic';

/** The sagas that a filter finds, as a file that is written while it is read. */
export async function GET(request: Request): Promise<Response> {
  const passed = await guard(request);
  if (passed instanceof Response) return passed;
  const asked = readExportRequest(new URL(request.url).searchParams);
  if ('problem' in asked) {
    return refuse({ status: 400, code: 'BAD_REQUEST', message: asked.problem });
  }
  const { pool } = backend();
  try {
    const [body, isCut] = await Promise.all([
      exportSagas((page) => listSagas(pool, page), asked),
      findsMoreThan(pool, asked.page, exportMax),
    ]);
    const { format } = asked;
    const name = isCut ? `sagas-first-${exportMax}` : 'sagas';
    return new Response(body, {
      headers: {
        'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        'content-disposition': `attachment; filename="${name}.${format}"`,
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    console.error('export:', error);
    const { message } = toTrpcError(error);
    return Response.json({ error: { message } }, { status: 503 });
  }
}
