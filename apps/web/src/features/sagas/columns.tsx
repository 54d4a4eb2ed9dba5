import { createColumnHelper, type RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { money } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { SagaLink } from '@/ui/id.tsx';
import { isFinished } from '@/ui/status.ts';
import { SagaMark } from '@/ui/status-mark.tsx';
import { Strip } from '@/ui/strip.tsx';
import { StyleMark } from '@/ui/style-mark.tsx';
import { AtStake } from './at-stake.tsx';
import { Countdown } from './countdown.tsx';
import { Age, Since, Took } from './elapsed.tsx';
import { NowCell } from './now-cell.tsx';
import type { TabId } from './tabs.ts';

declare module '@tanstack/react-table' {
  // The name and the parameters are the library's.
  interface ColumnMeta<TData extends RowData, TValue> {
    readonly className: string;
    /** Of the latest state, which a row follows by itself: the table's own data stays as it was read. */
    readonly render: (saga: SagaRow) => ReactNode;
    readonly isNumber?: true;
  }
}

const column = createColumnHelper<SagaRow>();

function show(
  id: string,
  header: string,
  size: number,
  className: string,
  render: (saga: SagaRow) => ReactNode,
  more: { readonly isNumber?: true } = {},
) {
  return column.display({ id, header, size, meta: { className, render, ...more } });
}

const status = show('status', 'Status', 146, 'stt', (saga) => <SagaMark saga={saga} />);
const saga = show('saga', 'Saga', 122, 'idc', ({ id }) => <SagaLink id={id} />);
const about = show('about', 'About', 172, 'who', About);
const steps = show('steps', 'Steps', 124, 'stp', (saga) => <Strip saga={saga} />);
const now = show('now', 'Now', 0, 'now', (saga) => <NowCell saga={saga} />);
const next = show('next', 'Next', 124, 'nxt', Next);
const lastTry = show('last', 'Last try', 0, 'now', ({ updatedAt }) => <Since at={updatedAt} />);
const stake = show('stake', 'At stake', 138, 'nxt', (saga) => <AtStake saga={saga} />);
const took = show('took', 'Took', 74, 'n took', (saga) => <Took saga={saga} />, { isNumber: true });
const age = show('age', 'Age', 88, 'n age', (saga) => <Age saga={saga} />, { isNumber: true });
const style = show(
  'style',
  'Style',
  54,
  'n sty',
  ({ style }) => <StyleMark style={style} iconOnly />,
  { isNumber: true },
);

const stuckColumns = [status, saga, about, steps, lastTry, stake, age, style];
const endedColumns = [status, saga, about, steps, now, took, age, style];
const allColumns = [status, saga, about, steps, now, next, took, age, style];
const activeColumns = [status, saga, about, steps, now, next, age, style];

/** What is in flight has no end yet, and what has ended nothing next. */
export function columnsOf(tab: TabId) {
  switch (tab) {
    case 'stuck':
      return stuckColumns;
    case 'completed':
    case 'compensated':
    case 'resolved':
      return endedColumns;
    case 'all':
      return allColumns;
    default:
      return activeColumns;
  }
}

function About({ subject, definition, input }: SagaRow): ReactNode {
  const order = readOrder(input);
  return (
    <>
      {subject ?? definition}{' '}
      <span className="mute">{order ? money(order.total) : subject && definition}</span>
    </>
  );
}

/** When it goes on by itself; a signal's end is told beside what it waits for. */
function Next({ status, current }: SagaRow): ReactNode {
  if (isFinished(status)) return null;
  if (status === 'stuck') return <span className="you">needs you</span>;
  const due = current?.retryAt ?? (current?.waitsFor === 'timer' ? current.until : undefined);
  return due && <Countdown until={due} bar />;
}
