import type { Cause, SagaRow } from '@/lib/trpc.ts';
import { returnOf } from './at-stake.tsx';
import { causeKey, causeOf } from './use-causes.ts';

/** What the list shows, one below the other. */
export type Item =
  | { readonly kind: 'saga'; readonly row: SagaRow }
  | {
      readonly kind: 'cause';
      readonly cause: Cause;
      readonly sagaIds: readonly string[];
      readonly toReturn: number;
    };

/** Rows come sorted by cause; each new one gets a heading. */
export function itemsOf(
  rows: readonly SagaRow[],
  causes: readonly Cause[] | undefined,
): readonly Item[] {
  if (!causes) return rows.map((row) => ({ kind: 'saga', row }));
  const known = new Map(causes.map((cause) => [causeKey(cause), cause]));
  const items: Item[] = [];
  const groups = new Map<string, SagaRow[]>();
  for (const row of rows) {
    const group = groups.get(causeOf(row));
    if (group) group.push(row);
    else groups.set(causeOf(row), [row]);
  }
  let last: string | undefined;
  for (const row of rows) {
    const key = causeOf(row);
    if (key !== last) {
      const group = groups.get(key) ?? [];
      items.push({
        kind: 'cause',
        cause: known.get(key) ?? unheardOf(row, group),
        sagaIds: group.map(({ id }) => id),
        toReturn: group.reduce((sum, saga) => sum + returnOf(saga), 0),
      });
      last = key;
    }
    items.push({ kind: 'saga', row });
  }
  return items;
}

/** A cause that came after the causes were read. */
function unheardOf(
  { definition, current, inDoubt, createdAt }: SagaRow,
  group: readonly SagaRow[],
): Cause {
  const attempts = group.map((row) => row.current?.attempt ?? 1);
  return {
    definition,
    step: current?.step ?? '',
    operation: current?.step ?? '',
    direction: current?.direction ?? 'action',
    code: current?.error?.code ?? '',
    message: current?.error?.message ?? '',
    count: group.length,
    inDoubt: inDoubt ? 1 : 0,
    isPastPivot: false,
    isPivot: false,
    attemptsMin: Math.min(...attempts),
    attemptsMax: Math.max(...attempts),
    oldestAt: createdAt,
  };
}
