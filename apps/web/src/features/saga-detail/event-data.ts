/** An error as the log holds it. */
export interface ShownFailure {
  readonly code: string;
  readonly message: string;
}

/** A member of an event's data, which the wire types only as JSON. */
export function memberOf(data: unknown, key: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  return Object.entries(data).find(([name]) => name === key)?.[1];
}

export function textOf(data: unknown, key: string): string {
  const value = memberOf(data, key);
  return typeof value === 'string' ? value : '';
}

export function readFailure(error: unknown): ShownFailure | undefined {
  const code = textOf(error, 'code');
  const message = textOf(error, 'message');
  return code || message ? { code, message } : undefined;
}
