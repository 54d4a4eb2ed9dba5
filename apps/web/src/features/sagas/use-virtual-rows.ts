import { type RefObject, useEffect } from 'react';
import { useWindowRows } from '@/ui/window-rows.ts';
import type { Item } from './items.ts';

const rowPx = { wide: 35, small: 85 };
/** So many rows before the end the next page is read. */
const readAhead = 24;

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Rows on the screen alone; those of one page follow another. */
export function useVirtualRows(
  items: readonly Item[],
  body: RefObject<HTMLElement | null>,
  { hasNextPage, isFetching, fetchNextPage }: Pages,
) {
  const rows = useWindowRows({
    count: items.length,
    rowPx: () => (matchMedia('(max-width: 900px)').matches ? rowPx.small : rowPx.wide),
    keyOf: (index) => keyOf(items[index], index),
    body,
  });
  const last = rows.shown.at(-1)?.index ?? 0;
  const isNearEnd = hasNextPage && !isFetching && last >= items.length - readAhead;
  useEffect(() => {
    if (isNearEnd) void fetchNextPage();
  }, [isNearEnd, fetchNextPage]);
  return rows;
}

const keyOf = (item: Item | undefined, index: number) =>
  item?.kind === 'saga' ? item.row.id : `cause ${index}`;
