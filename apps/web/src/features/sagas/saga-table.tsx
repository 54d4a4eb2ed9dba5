'use client';

import { memo } from 'react';
import { money } from '@/lib/format.ts';
import { useLatest } from '@/lib/live/context.ts';
import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { SagaLink } from '@/ui/id.tsx';
import { isFinished } from '@/ui/status.ts';
import { SagaMark } from '@/ui/status-mark.tsx';
import { Strip } from '@/ui/strip.tsx';
import { StyleMark } from '@/ui/style-mark.tsx';
import { Countdown } from './countdown.tsx';
import { Elapsed } from './elapsed.tsx';
import { NowCell } from './now-cell.tsx';

const widths = [146, 120, 160, 164, undefined, 118, 88, 58];

export function SagaTable({ rows }: { rows: readonly SagaRow[] }) {
  return (
    <table className="sl">
      <colgroup>
        {widths.map((width, index) => (
          <col key={index} {...(width && { style: { width } })} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col">Saga</th>
          <th scope="col">About</th>
          <th scope="col">Steps</th>
          <th scope="col">Now</th>
          <th scope="col">Next</th>
          <th scope="col" className="n">
            Elapsed
          </th>
          <th scope="col" className="n">
            Style
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

const Row = memo(function Row({ row }: { row: SagaRow }) {
  const saga = useLatest(row);
  const order = readOrder(saga.input);
  const due = dueOf(saga);
  return (
    <tr data-saga={saga.id} data-status={saga.status}>
      <td className="stt">
        <SagaMark saga={saga} />
      </td>
      <td className="idc">
        <SagaLink id={saga.id} />
      </td>
      <td className="who">
        {saga.subject ?? saga.definition}{' '}
        <span className="mute">{order ? money(order.total) : saga.subject && saga.definition}</span>
      </td>
      <td className="stp">
        <Strip saga={saga} />
      </td>
      <td className="now">
        <NowCell saga={saga} />
      </td>
      <td className="nxt">
        {saga.status === 'stuck' && <span className="you">needs you</span>}
        {due && <Countdown until={due} bar />}
      </td>
      <td className="n age">
        <Elapsed saga={saga} />
      </td>
      <td className="n sty">
        <StyleMark style={saga.style} iconOnly />
      </td>
    </tr>
  );
});

/** When it goes on by itself; a signal's end is told beside what it waits for. */
function dueOf({ status, current }: SagaRow): string | undefined {
  if (isFinished(status) || status === 'stuck') return undefined;
  return current?.retryAt ?? (current?.waitsFor === 'timer' ? current.until : undefined);
}
