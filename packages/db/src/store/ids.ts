import { createHash, randomUUID } from 'node:crypto';

/** A time-ordered uuid (version 7, RFC 9562): new rows land at the right edge of their indexes. */
export function uuidV7(nowMs: number = Date.now()): string {
  const time = nowMs.toString(16).padStart(12, '0');
  // Behind the time and the version it is as random as one of version 4, whose bits come in bulk.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The uuid that stands for some words (version 8): the same words always give the same one. */
export function uuidOf(...words: readonly string[]): string {
  return asUuid(digestOf(words));
}

/**
 * The same for one of many that begin together: in the order of their places behind a time, so that they
 * too land side by side in indexes. The words must name the place: people tell ids apart by their ends.
 *
 * @param ms since 1970
 * @param place below 2 ** 26
 */
export function uuidAt(ms: number, place: number, ...words: readonly string[]): string {
  const bytes = digestOf(words);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE((place >>> 14) & 0x0fff, 6);
  bytes.writeUInt16BE(place & 0x3fff, 8);
  return asUuid(bytes);
}

const digestOf = (words: readonly string[]): Buffer =>
  createHash('sha256').update(JSON.stringify(words)).digest().subarray(0, 16);

function asUuid(bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
