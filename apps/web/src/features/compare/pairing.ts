import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';

type Asked = Pick<SagaRow, 'id' | 'definition' | 'style' | 'input'>;

/** Same customer, same lines, whichever order they stand in. */
export function isSameOrder(left: unknown, right: unknown): boolean {
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
      id !== saga.id &&
      definition === saga.definition &&
      (!isOrder || isSameOrder(saga.input, input)),
  );
  const isOther = ({ style }: Row) => style !== saga.style;
  return [...fits.filter(isOther), ...fits.filter((row) => !isOther(row))];
}

/** Orders that were placed in both styles, newest first; each saga is in one pair at most. */
export function pairsOf<Row extends Asked>(
  rows: readonly Row[],
): readonly (readonly [orchestrated: Row, choreographed: Row])[] {
  const taken = new Set<string>();
  return rows.flatMap((row, index) => {
    if (taken.has(row.id)) return [];
    const other = rows
      .slice(index + 1)
      .find(
        (candidate) =>
          !taken.has(candidate.id) &&
          candidate.style !== row.style &&
          isSameOrder(row.input, candidate.input),
      );
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
