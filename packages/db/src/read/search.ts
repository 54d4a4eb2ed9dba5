import type { Queryable } from '../tx/index.ts';
import { Where } from './conditions.ts';

/** So many matches are looked up by their indexes; of more, a list meets enough on its way. */
const fewMax = 2_000;

/**
 * Adds a search to the conditions. Each place that may match has an index, but none of them knows the
 * order of the list: where few match they are looked up first, where many do the list is read in its
 * order until a page is full. Either way alone would now and then read all rows.
 *
 * @returns false when nothing matches
 */
export async function addSearch(db: Queryable, where: Where, search: string): Promise<boolean> {
  const few = new Where();
  const rows = await db.query<{ id: string }>(
    conditionsOf(few, search)
      .map((place) => `(select id from saga.instance where ${place} limit ${fewMax + 1})`)
      .join(' union '),
    few.params,
  );
  if (rows.length === 0) return false;
  if (rows.length > fewMax) where.parts.push(`(${conditionsOf(where, search).join(' or ')})`);
  else
    where.add(
      'id = any(?::uuid[])',
      rows.map(({ id }) => id),
    );
  return true;
}

/** What begins with a text lies between it and it with the last of all characters at its end. */
const last = '\u{10FFFF}';
const hexadecimal = /^[0-9a-f][0-9a-f-]{0,35}$/;

/** One condition for each place in which a text may be found. */
function conditionsOf(where: Where, search: string): string[] {
  const lower = search.toLowerCase();
  const begins = (column: string, text: string) =>
    `(${column} collate "C" >= ${where.param(text)}::text
      and ${column} collate "C" < ${where.param(text + last)}::text)`;
  const inNames = [begins('business_key', search), begins('lower(subject)', lower)];
  if (!hexadecimal.test(lower)) return inNames;
  const digits = lower.replaceAll('-', '').slice(0, 32);
  const from = where.param(digits.padEnd(32, '0'));
  const to = where.param(digits.padEnd(32, 'f'));
  return [
    ...inNames,
    begins('reverse(id::text)', Array.from(lower).toReversed().join('')),
    `id between ${from}::text::uuid and ${to}::text::uuid`,
  ];
}
