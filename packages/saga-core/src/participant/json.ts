import { hash } from 'node:crypto';

/** Anything that survives a round trip through JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** JSON with sorted keys: equal values give equal text, whatever order their keys were written in. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    if (members !== '') members += ',';
    members += `${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** sha256 of the canonical JSON, as 64 hexadecimal digits. */
export function hashOf(value: Json): string {
  return hash('sha256', canonicalJson(value));
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
