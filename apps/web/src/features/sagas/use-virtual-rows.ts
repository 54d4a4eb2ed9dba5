import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { Item } from './items.ts';

/** Rows before and after the screen; with more the page would grow past its bound of nodes. */
const overscan = 2;
/** As drawn; what is measured later replaces it without moving what is seen. */
const rowPx = { wide: 35, small: 85 };
/** So many rows before the end the next page is read. */
const readAhead = 40;

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly fetchNextPage: () => unknown;
}

/** Only what is on the screen is in the page; the window scrolls, rows of one page follow another. */
export function useVirtualRows(
  items: readonly Item[],
  body: RefObject<HTMLElement | null>,
  { hasNextPage, isFetching, fetchNextPage }: Pages,
) {
  const scrollMargin = useTop(body);
  // oxlint-disable-next-line react/incompatible-library -- No compiler memoizes here.
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    overscan,
    scrollMargin,
    estimateSize: () => (matchMedia('(max-width: 900px)').matches ? rowPx.small : rowPx.wide),
    getItemKey: (index) => keyOf(items[index], index),
  });
  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const isNearEnd = hasNextPage && !isFetching && last >= items.length - readAhead;
  useEffect(() => {
    if (isNearEnd) void fetchNextPage();
  }, [isNearEnd, fetchNextPage]);

  const first = shown[0];
  const end = shown.at(-1);
  return {
    virtualizer,
    shown,
    /** Heights of what is not there, above and below. */
    above: first ? first.start - scrollMargin : 0,
    below: end ? virtualizer.getTotalSize() - (end.end - scrollMargin) : 0,
  };
}

const keyOf = (item: Item | undefined, index: number) =>
  item?.kind === 'saga' ? item.row.id : `cause ${index}`;

/** Where the rows begin in the page; banners above them come and go. */
function useTop(body: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (body.current) setTop(body.current.getBoundingClientRect().top + window.scrollY);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body]);
  return top;
}
