/** A cursor that no page has given. */
class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';

  constructor() {
    super('cursor: pass the nextCursor of the page before, as it is.');
  }
}

const form =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-][\d:]+)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where a page ended: creation time as Postgres writes it, and id. Opaque to clients. */
export function encodeCursor(createdAt: string, id: string): string {
  return Buffer.from(`${createdAt}/${id}`).toString('base64url');
}

/** @throws InvalidCursorError */
export function decodeCursor(cursor: string): [createdAt: string, id: string] {
  const [, createdAt, id] = form.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (createdAt === undefined || id === undefined) throw new InvalidCursorError();
  return [createdAt, id];
}
