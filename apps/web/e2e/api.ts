import type { APIRequestContext, APIResponse } from '@playwright/test';

interface OrderBody {
  readonly customerId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly style: 'orchestration' | 'choreography';
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
}

export const oneTray: OrderBody = {
  customerId: 'harbour-cafe',
  lines: [{ sku: 'WAL-TRAY-02', quantity: 1 }],
  style: 'orchestration',
};

/** Calls a procedure as any client from outside would. */
export function mutate(
  request: APIRequestContext,
  procedure: string,
  data: object,
): Promise<APIResponse> {
  return request.post(`/api/trpc/${procedure}`, { data });
}

export async function query<T>(
  request: APIRequestContext,
  procedure: string,
  input?: object,
): Promise<T> {
  const search = input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const response = await request.get(`/api/trpc/${procedure}${search}`);
  const body = (await response.json()) as { result: { data: T } };
  return body.result.data;
}

export async function placeOrder(
  request: APIRequestContext,
  order: Partial<OrderBody> = {},
): Promise<{ orderId: string; sagaId: string; duplicate: boolean }> {
  const response = await mutate(request, 'orders.place', { ...oneTray, ...order });
  const body = (await response.json()) as {
    result: { data: { orderId: string; sagaId: string; duplicate: boolean } };
  };
  return body.result.data;
}

export async function clearFaults(request: APIRequestContext): Promise<void> {
  await mutate(request, 'faults.clear', {});
}
