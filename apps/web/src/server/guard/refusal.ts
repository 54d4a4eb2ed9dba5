/** A refusal before any work, in the shape that tRPC clients read. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 405 | 413 | 415 | 429;
  readonly code: string;
  readonly message: string;
}

export function refuse({ status, code, message }: Refusal): Response {
  const body = { error: { message, code: -32600, data: { code, httpStatus: status } } };
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
