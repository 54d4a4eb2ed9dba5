import { type ReactNode, type RefCallback, useEffect, useEffectEvent, useRef } from 'react';
import { GapRow } from './gap-row.tsx';
import { useWindowRows } from './window-rows.ts';

/** With more rows than these, a page keeps only those that are on the screen. */
export const longFrom = 60;

interface LongBodyProps {
  readonly count: number;
  readonly keyOf: (index: number) => number | string;
  readonly renderRow: (index: number, measure?: RefCallback<Element>) => ReactNode;
  /** The row that an address points at; -1 for one that is not here. */
  readonly indexOfHash?: (hash: string) => number;
}

/** A table's body, however many rows it has. */
export function LongBody(props: LongBodyProps) {
  const { count, renderRow } = props;
  if (count > longFrom) return <WindowBody {...props} />;
  return <tbody>{Array.from({ length: count }, (_, index) => renderRow(index))}</tbody>;
}

const rowPx = { wide: 31, small: 56 };

function WindowBody({ count, keyOf, renderRow, indexOfHash }: LongBodyProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { virtualizer, shown, above, below } = useWindowRows({
    count,
    keyOf,
    body,
    rowPx: () => (matchMedia('(max-width: 900px)').matches ? rowPx.small : rowPx.wide),
  });
  const goTo = useEffectEvent(() => {
    const index = indexOfHash?.(window.location.hash) ?? -1;
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'center' });
  });
  useEffect(() => {
    const go = () => goTo();
    go();
    window.addEventListener('hashchange', go);
    return () => window.removeEventListener('hashchange', go);
  }, []);
  return (
    <tbody ref={body}>
      <GapRow height={above} />
      {shown.map(({ index }) => renderRow(index, virtualizer.measureElement))}
      <GapRow height={below} />
    </tbody>
  );
}
