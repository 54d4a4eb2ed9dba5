/** A cursor that no page has given. */
class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';

  constructor() {
    super('cursor: pass the nextCursor of the page before, as it is.');
  }
}

const form =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-][\d:]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/(.*))?$/su;

/** Where a page ended: creation time as Postgres writes it, id, and what comes before age in the list's order. */
export interface Place {
  readonly createdAt: string;
  readonly id: string;
  readonly rank?: string;
}

/** Opaque to clients. */
export function encodeCursor({ createdAt, id, rank }: Place): string {
  const text = [createdAt, id, ...(rank === undefined ? [] : [rank])].join('/');
  return Buffer.from(text).toString('base64url');
}

/** @throws InvalidCursorError */
export function decodeCursor(cursor: string): Place {
  const [, createdAt, id, rank] = form.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (createdAt === undefined || id === undefined) throw new InvalidCursorError();
  const isTime = !Number.isNaN(
    Date.parse(createdAt.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
  );
  if (!isTime || rank?.includes('\0')) throw new InvalidCursorError();
  return { createdAt, id, ...(rank !== undefined && { rank }) };
}
