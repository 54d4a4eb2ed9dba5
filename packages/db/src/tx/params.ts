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
  if (typeof value === 'string') return `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return String(value);
}

function isArray(param: Param): param is readonly Scalar[] {
  return Array.isArray(param);
}
