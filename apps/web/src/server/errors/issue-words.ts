import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

const shownMax = 40;
/** Keys that are named at once. */
const keysMax = 3;

/** What was wrong with a value and what to write instead, where a schema has no words of its own. */
export function issueWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `${found(issue.input)}; write ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${found(issue.input)}; write ${oneOf(issue.values)}`;
    case 'too_small':
      return bound(issue, issue.minimum, issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return bound(issue, issue.maximum, issue.inclusive === false ? 'less than' : 'at most');
    case 'invalid_format':
      return `${found(issue.input)}; write ${formats[issue.format] ?? `text of the form ${issue.pattern ?? issue.format}`}`;
    case 'unrecognized_keys':
      return `${some(issue.keys)} ${issue.keys.length === 1 ? 'is' : 'are'} not known here; leave out what is not`;
    case 'not_multiple_of':
      return `${found(issue.input)}; write a multiple of ${issue.divisor}`;
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = {
  guid: 'a uuid',
  uuid: 'a uuid',
  datetime: 'a time such as 2026-01-31T12:00:00Z',
  email: 'an e-mail address',
  url: 'a URL',
};

function some(keys: readonly string[]): string {
  const shown = keys.slice(0, keysMax).map(quoted).join(', ');
  return keys.length > keysMax ? `${shown} and ${keys.length - keysMax} more` : shown;
}

function found(input: unknown): string {
  if (input === undefined) return 'is missing';
  if (input === null) return 'is null';
  if (Array.isArray(input)) return 'is a list';
  return typeof input === 'object' ? 'is an object' : `is ${quoted(input)}`;
}

function quoted(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return `"${value.length > shownMax ? `${value.slice(0, shownMax)}…` : value}"`;
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? quoted(values[0]) : `one of ${values.map(String).join(', ')}`;

function bound(
  { origin, input }: { readonly origin: string; readonly input?: unknown },
  limit: number | bigint,
  word: string,
): string {
  const [one, many] = counted[origin] ?? [];
  if (one === undefined) return `${found(input)}; write ${word} ${limit}`;
  const holds = sizeOf(input);
  const has = holds === undefined ? '' : `has ${holds}; `;
  return `${has}write ${word} ${limit} ${Number(limit) === 1 ? one : many}`;
}

const counted: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
};

const sizeOf = (input: unknown): number | undefined =>
  typeof input === 'string' || Array.isArray(input) ? input.length : undefined;
