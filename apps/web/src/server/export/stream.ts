import type { SagaPage, SagaSummary } from '@counterstep/db/read';
import { exportMax } from '@/lib/export-max.ts';
import { csvHead, csvLine } from './csv.ts';
import type { ExportRequest } from './request.ts';

const pageSize = 200;

type ReadPage = (page: SagaPage) => Promise<{
  readonly items: readonly SagaSummary[];
  readonly nextCursor?: string;
}>;

interface Writer {
  readonly head: string;
  readonly row: (saga: SagaSummary, index: number) => string;
  readonly foot: string;
}

const writers: Readonly<Record<ExportRequest['format'], Writer>> = {
  csv: { head: csvHead, row: csvLine, foot: '' },
  json: {
    head: '[\n',
    row: (saga, index) => `${index > 0 ? ',\n' : ''}${JSON.stringify(saga)}`,
    foot: '\n]\n',
  },
};

/**
 * Page after page as the client takes them, so that an export holds one page in memory whatever its
 * length, and none once the client has gone. The first page is read at once: what is wrong with the
 * request is an answer and no broken file.
 */
export async function exportSagas(
  readPage: ReadPage,
  { format, page }: ExportRequest,
): Promise<ReadableStream<Uint8Array>> {
  const { head, row, foot } = writers[format];
  const encoder = new TextEncoder();
  let next = await readPage({ ...page, limit: pageSize });
  let written = 0;
  let isLast = false;
  return new ReadableStream({
    async pull(controller) {
      if (isLast) return controller.close();
      const { items, nextCursor } = next;
      const rows = items.slice(0, exportMax - written);
      const text = rows.map((saga, index) => row(saga, written + index)).join('');
      const isFirst = written === 0;
      written += rows.length;
      isLast = nextCursor === undefined || written >= exportMax;
      controller.enqueue(encoder.encode(`${isFirst ? head : ''}${text}${isLast ? foot : ''}`));
      if (nextCursor === undefined || isLast) return;
      try {
        next = await readPage({ ...page, limit: pageSize, cursor: nextCursor });
      } catch (error) {
        // The head has gone out: all that is left is to break off, which the client sees.
        console.error(`export: broken off after ${written} sagas:`, error);
        controller.error(error);
      }
    },
  });
}
