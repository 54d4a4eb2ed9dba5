import {
  createParser,
  createSerializer,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs';
import { tabIds } from './tabs.ts';

export const styles = ['orchestration', 'choreography'] as const;
/** `urgent` is of what is in flight; elsewhere nothing is urgent any more. */
const orders = ['urgent', 'newest', 'oldest'] as const;
export const groups = ['cause', 'nothing'] as const;

/** Chosen one by one; more are taken with the whole filter. An address must stay short enough to send. */
export const chosenMax = 200;

/** `all`: everything that the filter finds, whatever that will be when the act is done. */
type Selection = 'all' | readonly string[];

const idDigits = /^[0-9a-f]{32}$/;

/** Ids without hyphens, joined by dots; what is no id is left out. */
const parseAsSelection = createParser<Selection>({
  parse(text) {
    if (text === 'all') return 'all';
    const ids = text.split('.').filter((digits) => idDigits.test(digits));
    return ids.length === 0 ? null : ids.slice(0, chosenMax).map(hyphenated);
  },
  serialize: (selection) =>
    selection === 'all' ? 'all' : selection.map((id) => id.replaceAll('-', '')).join('.'),
  eq: (a, b) => a === b || (a !== 'all' && b !== 'all' && a.join() === b.join()),
});

const hyphenated = (digits: string) =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** All that a row can do without. */
export const choosableColumns = [
  'about',
  'steps',
  'now',
  'next',
  'last',
  'stake',
  'took',
  'age',
  'style',
] as const;

/** The list's whole state is in its address. */
export const params = {
  tab: parseAsStringLiteral(tabIds).withDefault('active'),
  /** What the API calls it; the page turns one that is a tab into that tab. */
  status: parseAsString,
  search: parseAsString.withDefault(''),
  style: parseAsStringLiteral(styles),
  definition: parseAsString.withDefault(''),
  batch: parseAsString.withDefault(''),
  order: parseAsStringLiteral(orders),
  group: parseAsStringLiteral(groups).withDefault('cause'),
  hide: parseAsArrayOf(parseAsStringLiteral(choosableColumns), '.').withDefault([]),
  selected: parseAsSelection.withDefault([]),
};

export const toSearch = createSerializer(params);
