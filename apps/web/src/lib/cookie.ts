const yearSeconds = 365 * 24 * 3600;

/** A preference that the server needs for the first paint. */
export function writeCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax`;
}
