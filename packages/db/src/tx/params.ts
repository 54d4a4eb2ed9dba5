import type { Param, Scalar } from './tx.ts';

/**
 * Arrays become Postgres array literals here: postgres.js guesses an array's type from its first
 * element, which is wrong for booleans and dates and unknown for nulls.
 */
export function encode(param: Param): Exclude<Scalar, bigint> {
  if (isArray(param)) return `{${param.map(element).join(',')}}`;
  return typeof param === 'bigint' ? String(param) : param;
}

function element(value: Scalar): string {
  if (value === null) return 'NULL';
  if (value instanceof Date) return `"${value.toISOString()}"`;
  return typeof value === 'string' ? quote(value) : String(value);
}

/** What JSON escapes and an array literal does not, a lone surrogate among it. */
const written = /[^ -\uD7FF\uE000-\uFFFF]/;

/** For all other text the two agree, and JSON's own quoting is six times as fast: most of it is JSON. */
function quote(text: string): string {
  if (!written.test(text)) return JSON.stringify(text);
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function isArray(param: Param): param is readonly Scalar[] {
  return Array.isArray(param);
}
