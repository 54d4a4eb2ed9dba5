import { env } from '@/server/env.ts';
import { readBounded } from '@/server/guard/body.ts';
import { isAllowedHost, isSameOrigin } from '@/server/guard/host.ts';
import { cookieValue, sameSecret, tokenCookie } from '@/server/guard/token.ts';

export const dynamic = 'force-dynamic';

const weekSeconds = 7 * 24 * 3600;

/** The form of /login: a right token gives the cookie that every call then shows. */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  if (!isAllowedHost(headers.get('host'), env.isLoopback()) || !isSameOrigin(headers)) {
    return new Response('Refused: sign in from the dashboard itself.', { status: 403 });
  }
  const body = await readBounded(request);
  const token = new URLSearchParams(body ?? '').get('token') ?? '';
  const expected = env.operatorToken();
  if (!expected || !sameSecret(token, expected)) return redirect('/login?wrong=1');
  const secure = headers.get('x-forwarded-proto') === 'https' ? '; Secure' : '';
  return redirect('/', {
    'set-cookie': `${tokenCookie}=${cookieValue(expected)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${weekSeconds}${secure}`,
  });
}

/** A relative target: behind a proxy this process does not know its outer address. */
function redirect(location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: 303, headers: { location, ...headers } });
}
