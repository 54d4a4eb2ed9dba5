/**
 * A page from elsewhere can make a browser send requests here: by a plain cross-site request, or by
 * letting its own name resolve to 127.0.0.1 (DNS rebinding). The first betrays itself by its Origin,
 * the second by its Host.
 */
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isAllowedHost(host: string | null, loopbackOnly: boolean): boolean {
  if (!host) return false;
  if (!loopbackOnly) return true;
  return loopbackNames.has(host.replace(/:\d{1,5}$/, '').toLowerCase());
}

/** Clients outside a browser send neither header; a browser always sends at least one of them with a POST. */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.get('origin');
  if (!origin) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get('host');
}
