import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

/** Rows before and after the screen; with more a page would grow past its bound of nodes. */
const overscan = 2;

interface WindowRows {
  readonly count: number;
  /** As drawn, in px; what is measured later replaces it without moving what is seen. */
  readonly rowPx: () => number;
  readonly keyOf: (index: number) => number | string;
  /** What the rows stand in. */
  readonly body: RefObject<Element | null>;
}

/** Only what is on the screen is in the page; the window scrolls. */
export function useWindowRows({ count, rowPx, keyOf, body }: WindowRows) {
  const scrollMargin = useTop(body);
  // oxlint-disable-next-line react/incompatible-library -- No compiler memoizes here.
  const virtualizer = useWindowVirtualizer({
    count,
    overscan,
    scrollMargin,
    estimateSize: rowPx,
    getItemKey: keyOf,
  });
  const shown = virtualizer.getVirtualItems();
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

/** Where the rows begin in the page; banners above them come and go. */
function useTop(body: RefObject<Element | null>): number {
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
