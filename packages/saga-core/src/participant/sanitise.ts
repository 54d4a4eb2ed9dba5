import type { Json } from './json.ts';
import type { Failure } from './outcome.ts';

const messageLengthMax = 2_000;

/** Makes a value storable: Postgres cannot read U+0000 or a lone surrogate out of JSON, so both become U+FFFD. */
export function sanitise(value: Json): Json {
  if (typeof value === 'string') return cleanText(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: Json) => sanitise(item));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [cleanText(key), sanitise(member)]),
  );
}

/** Any thrown value as a stored error: its code and message, never its stack. */
export function failureOf(error: unknown, fallbackCode: string): Failure {
  const message = messageOf(error);
  const code =
    typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
      ? error.code
      : fallbackCode;
  return { code: cleanText(code), message: cleanText(message.slice(0, messageLengthMax)) };
}

function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error)
    return String(error.message);
  return String(error);
}

function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}
