import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';

type Asked = Pick<SagaRow, 'id' | 'definition' | 'style' | 'input' | 'correlationId'>;

/** One order that was placed more than once, and not two that merely are alike. */
export const isOneOrder = (a: Asked, b: Asked): boolean =>
  areAlike(a.input, b.input) && (namesTheOther(a, b) || isSamePlace(a, b));

/** What is placed beside another one says beside which. */
const namesTheOther = (a: Asked, b: Asked): boolean =>
  a.correlationId === b.id || b.correlationId === a.id;

/** Of a launch in both styles: ids of one place have all in common but their last part. */
const isSamePlace = (a: Asked, b: Asked): boolean =>
  a.correlationId !== null &&
  a.correlationId === b.correlationId &&
  placeOf(a.id) === placeOf(b.id);

const placeOf = (id: string): string => id.slice(0, id.lastIndexOf('-'));

/** Same customer, same lines, whichever order they stand in. */
export function areAlike(left: unknown, right: unknown): boolean {
  const [a, b] = [orderKey(left), orderKey(right)];
  return a !== undefined && a === b;
}

function orderKey(input: unknown): string | undefined {
  const order = readOrder(input);
  if (!order) return undefined;
  const lines = order.lines.map(({ sku, quantity }) => `${quantity} ${sku}`).sort();
  return [order.customerId, ...lines].join('\n');
}

/** Sagas that may stand beside this one, those of the other style first, as they come otherwise. */
export function partnersOf<Row extends Asked>(saga: Asked, rows: readonly Row[]): readonly Row[] {
  const isOrder = readOrder(saga.input) !== undefined;
  const fits = rows.filter(
    ({ id, definition, input }) =>
      id !== saga.id && definition === saga.definition && (!isOrder || areAlike(saga.input, input)),
  );
  const isOther = ({ style }: Row) => style !== saga.style;
  return [...fits.filter(isOther), ...fits.filter((row) => !isOther(row))];
}

type Twins<Row> = readonly (readonly [orchestrated: Row, choreographed: Row])[];

/**
 * Sagas of both styles that stand beside each other, as they come; each is in one pair at most.
 * One order placed in both goes before two orders that are alike.
 */
export function pairsOf<Row extends Asked>(
  rows: readonly Row[],
): { readonly placed: Twins<Row>; readonly alike: Twins<Row> } {
  const placed = twinsOf(rows, isOneOrder);
  const taken = new Set(placed.flat().map(({ id }) => id));
  const rest = rows.filter(({ id }) => !taken.has(id));
  return { placed, alike: twinsOf(rest, (a, b) => areAlike(a.input, b.input)) };
}

function twinsOf<Row extends Asked>(
  rows: readonly Row[],
  belong: (a: Row, b: Row) => boolean,
): Twins<Row> {
  const taken = new Set<string>();
  return rows.flatMap((row, index) => {
    if (taken.has(row.id)) return [];
    const other = rows
      .slice(index + 1)
      .find((each) => !taken.has(each.id) && each.style !== row.style && belong(row, each));
    if (!other) return [];
    taken.add(row.id).add(other.id);
    return [row.style === 'orchestration' ? ([row, other] as const) : ([other, row] as const)];
  });
}

/** What the address asks for. */
export type Asking =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'malformed'; readonly text: string }
  | { readonly kind: 'one'; readonly id: string; readonly isTwice: boolean }
  | { readonly kind: 'two'; readonly ids: readonly [string, string] };

const sagaId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const shownMax = 40;

export function askedFor(a: string | null, b: string | null): Asking {
  const given = [a, b]
    .map((text) => text?.trim().toLowerCase() ?? '')
    .filter((text) => text !== '');
  const wrong = given.find((text) => !sagaId.test(text));
  if (wrong !== undefined) {
    const isLong = wrong.length > shownMax;
    return { kind: 'malformed', text: isLong ? `${wrong.slice(0, shownMax)}…` : wrong };
  }
  const [first, second] = given;
  if (first === undefined) return { kind: 'nothing' };
  if (second === undefined) return { kind: 'one', id: first, isTwice: false };
  if (first === second) return { kind: 'one', id: first, isTwice: true };
  return { kind: 'two', ids: [first, second] };
}

export const compareHref = (a: string, b?: string): string =>
  `/compare?a=${a}${b === undefined ? '' : `&b=${b}`}`;
