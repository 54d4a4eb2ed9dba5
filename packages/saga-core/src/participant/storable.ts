import type { Json } from './json.ts';
import { sanitise } from './sanitise.ts';

/** Largest request or output, as JSON text. Whatever is larger belongs elsewhere, and its address here. */
const textLengthMax = 1_048_576;
/** Deepest nesting; Postgres gives up at some thousands. */
const depthMax = 100;

/** What Postgres cannot read out of JSON stands there as one of these escapes. */
const suspicious = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** A value that the log cannot hold. */
export class UnstorableError extends Error {
  override readonly name = 'UnstorableError';
  readonly code = 'UNSTORABLE';
}

/**
 * A value as it will read back from the log: dates as text, `undefined` as null, U+0000 and lone
 * surrogates as U+FFFD.
 *
 * @throws UnstorableError for a cycle, a bigint, more than 1 MiB of JSON, or more than 100 levels
 */
export function toStorable(value: unknown): Json {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new UnstorableError(
      `It is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (text === undefined) return null;
  if (text.length > textLengthMax) {
    throw new UnstorableError(
      `It has ${text.length} characters as JSON; at most ${textLengthMax} can be kept. ` +
        'Store it elsewhere and return where it is.',
    );
  }
  const copy = JSON.parse(text) as Json;
  // Each level takes two characters at least.
  if (text.length > 2 * depthMax && isDeeperThan(copy, depthMax)) {
    throw new UnstorableError(`It is nested more than ${depthMax} levels deep.`);
  }
  return suspicious.test(text) ? sanitise(copy) : copy;
}

function isDeeperThan(value: Json, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (levels === 0) return true;
  return Object.values(value).some((member: Json) => isDeeperThan(member, levels - 1));
}
