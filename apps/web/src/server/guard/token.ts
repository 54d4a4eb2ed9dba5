import { createHash, timingSafeEqual } from 'node:crypto';
import { env } from '../env.ts';

export const tokenCookie = 'counterstep-operator';

/** On loopback there is nobody to keep out; elsewhere each call shows the operator's token. */
export function isAuthorised(headers: Headers): boolean {
  const expected = env.operatorToken();
  if (!expected) return env.isLoopback();
  const bearer = /^bearer (.+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) return sameSecret(bearer, expected);
  return sameSecret(cookie(headers, tokenCookie), cookieValue(expected));
}

/** The cookie holds a digest, so that the token itself stays out of the browser's storage. */
export function cookieValue(token: string): string {
  return createHash('sha256').update(`counterstep cookie ${token}`).digest('base64url');
}

export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function cookie(headers: Headers, name: string): string {
  for (const part of (headers.get('cookie') ?? '').split(';')) {
    const [key, value = ''] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return '';
}
