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

/** Where a page ended: creation time as Postgres writes it, id, and the cause in a list by cause. */
export interface Place {
  readonly createdAt: string;
  readonly id: string;
  readonly cause?: string;
}

/** Opaque to clients. */
export function encodeCursor({ createdAt, id, cause }: Place): string {
  const text = [createdAt, id, ...(cause === undefined ? [] : [cause])].join('/');
  return Buffer.from(text).toString('base64url');
}

/** @throws InvalidCursorError */
export function decodeCursor(cursor: string): Place {
  const [, createdAt, id, cause] = form.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (createdAt === undefined || id === undefined) throw new InvalidCursorError();
  const isTime = !Number.isNaN(
    Date.parse(createdAt.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')),
  );
  if (!isTime || cause?.includes('\0')) throw new InvalidCursorError();
  return { createdAt, id, ...(cause !== undefined && { cause }) };
}
