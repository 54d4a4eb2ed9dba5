import { type SagaPage, sagaOrders } from '@counterstep/db/read';
import { z, ZodError } from 'zod';
import { inputSentence } from '../errors/input-sentence.ts';
import { toReadFilter } from '../live/filter.ts';
import { present } from '../present.ts';
import { sagaFilter } from '../schemas.ts';

/** What is urgent changes between two pages: sagas would be left out, or be there twice. */
const stableOrders = sagaOrders.filter((order) => order !== 'urgent');
const formats = ['csv', 'json'] as const;

export interface ExportRequest {
  readonly format: (typeof formats)[number];
  readonly page: Omit<SagaPage, 'cursor' | 'limit'>;
}

const input = sagaFilter
  .pick({
    status: true,
    view: true,
    style: true,
    definition: true,
    search: true,
    correlationId: true,
  })
  .extend({ format: z.enum(formats), order: z.enum(stableOrders).optional() });

/** The query string of an export; `status` may be there several times. */
export function readExportRequest(params: URLSearchParams): ExportRequest | { problem: string } {
  const { status: _, ...rest } = Object.fromEntries(params);
  const status = params.getAll('status');
  try {
    const { format, order, ...filter } = input.parse({
      ...rest,
      ...(status.length > 0 && { status }),
    });
    return { format, page: { ...toReadFilter(filter), ...present({ order }) } };
  } catch (error) {
    if (error instanceof ZodError) return { problem: inputSentence(error) };
    throw error;
  }
}
