import { type ReactNode, type RefCallback, useEffect, useEffectEvent, useRef } from 'react';
import { GapRow } from './gap-row.tsx';
import { useWindowRows } from './window-rows.ts';

/** With more rows than these, a page keeps only those that are on the screen. */
export const longFrom = 60;

interface LongBodyProps {
  readonly count: number;
  readonly keyOf: (index: number) => number | string;
  readonly renderRow: (index: number, measure?: RefCallback<Element>) => ReactNode;
  /** The row to bring before the reader's eyes; absent or -1 for none. */
  readonly sought?: number;
}

/** A table's body, however many rows it has. */
export function LongBody(props: LongBodyProps) {
  return props.count > longFrom ? <WindowBody {...props} /> : <WholeBody {...props} />;
}

function WholeBody({ count, renderRow, sought = -1 }: LongBodyProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    if (sought >= 0) body.current?.rows[sought]?.scrollIntoView({ block: 'center' });
  }, [sought]);
  return <tbody ref={body}>{Array.from({ length: count }, (_, index) => renderRow(index))}</tbody>;
}

const rowPx = { wide: 31, small: 56 };

function WindowBody({ count, keyOf, renderRow, sought = -1 }: LongBodyProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { virtualizer, shown, above, below } = useWindowRows({
    count,
    keyOf,
    body,
    rowPx: () => (matchMedia('(max-width: 900px)').matches ? rowPx.small : rowPx.wide),
  });
  const goTo = useEffectEvent((index: number) => {
    virtualizer.scrollToIndex(index, { align: 'center' });
  });
  useEffect(() => {
    if (sought >= 0) goTo(sought);
  }, [sought]);
  return (
    <tbody ref={body}>
      <GapRow height={above} />
      {shown.map(({ index }) => renderRow(index, virtualizer.measureElement))}
      <GapRow height={below} />
    </tbody>
  );
}
