import { UnstorableError } from '@counterstep/saga-core/participant';
import type { Param, Scalar } from './tx.ts';

/**
 * Arrays become Postgres array literals here: postgres.js guesses an array's type from its first
 * element, which is wrong for booleans and dates and unknown for nulls.
 */
export function encode(param: Param | undefined): Exclude<Scalar, bigint | Date> {
  if (isArray(param)) return `{${param.map(element).join(',')}}`;
  // Here, since postgres.js would fail only once what follows, a COMMIT say, is on its way.
  if (param === undefined) throw new TypeError('A parameter is undefined; give null.');
  if (param instanceof Date) return param.toISOString();
  return typeof param === 'bigint' ? String(param) : param;
}

function element(value: Scalar): string {
  if (value === null) return 'NULL';
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (typeof value !== 'string') return String(value);
  return bare.test(value) ? value : quote(value);
}

/** Needs no quotes in an array: ids, and most names. */
const bare = /^(?!null$)[\w.:-]+$/i;

/**
 * JSON texts as one parameter, for `string_to_array($1, E'\n')`: written JSON has no line breaks, so
 * that nothing needs quoting, here, nor reading letter by letter, there.
 *
 * @throws UnstorableError for U+0000 and lone surrogates: a column of type json takes them, and then
 * every statement fails that looks into it
 */
export function jsonLines(values: readonly unknown[]): string {
  const text = values.map((value) => JSON.stringify(value ?? null)).join('\n');
  if (text.includes(String.raw`\u`) && unreadable.test(text)) {
    throw new UnstorableError('It holds U+0000 or half a surrogate pair; leave them out.');
  }
  return text;
}

/** Such an escape, and not a backslash that stands before a "u". */
const unreadable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

function quote(text: string): string {
  const isPlain = !text.includes('"') && !text.includes('\\');
  return isPlain ? `"${text}"` : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function isArray(param: Param | undefined): param is readonly Scalar[] {
  return Array.isArray(param);
}
