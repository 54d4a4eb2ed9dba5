import { env } from '../env.ts';
import { readBounded } from './body.ts';
import { isAllowedHost, isSameOrigin } from './host.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isAuthorised } from './token.ts';

export const batchSizeMax = 10;

/**
 * What stands before every call of the API. Measured on tRPC's defaults: a cross-origin multipart
 * POST executes mutations without required input, and a batch of 5 000 calls is accepted.
 */
export async function guard(request: Request): Promise<Request | Response> {
  const refusal = refusalOf(request);
  if (refusal) return refuse(refusal);
  if (request.method !== 'POST') return request;
  const body = await readBounded(request);
  if (body === undefined) return refuse(tooLarge);
  const { url, headers, signal } = request;
  return new Request(url, { method: 'POST', headers, body, signal });
}

const tooLarge: Refusal = {
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: 'The body is larger than 64 KB. Send less in one call.',
};

function refusalOf(request: Request): Refusal | undefined {
  const { headers, method } = request;
  if (method !== 'GET' && method !== 'POST') {
    return { status: 405, code: 'METHOD_NOT_ALLOWED', message: 'Use GET or POST.' };
  }
  if (!isAllowedHost(headers.get('host'), env.isLoopback())) {
    return {
      status: 403,
      code: 'HOST_REFUSED',
      message: 'This dashboard answers only under localhost or 127.0.0.1. Open it under that name.',
    };
  }
  if (!isSameOrigin(headers)) {
    return {
      status: 403,
      code: 'ORIGIN_REFUSED',
      message:
        'Requests from pages of another origin are refused. Call it from the dashboard itself.',
    };
  }
  if (method === 'POST' && !isJson(headers)) {
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send the body as JSON, with the header content-type: application/json.',
    };
  }
  if (new URL(request.url).pathname.split(',').length > batchSizeMax) {
    return {
      status: 400,
      code: 'BATCH_TOO_LARGE',
      message: `A batch holds at most ${batchSizeMax} calls. Split it.`,
    };
  }
  if (!isAuthorised(headers)) {
    return {
      status: 401,
      code: 'UNAUTHORIZED',
      message: 'Send the operator token as "Authorization: Bearer …", or sign in at /login.',
    };
  }
  return undefined;
}

function isJson(headers: Headers): boolean {
  const [type] = (headers.get('content-type') ?? '').split(';', 1);
  return type?.trim().toLowerCase() === 'application/json';
}
