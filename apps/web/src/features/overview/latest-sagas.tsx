'use client';

import Link from 'next/link';
import { memo } from 'react';
import { Elapsed } from '@/features/sagas/elapsed.tsx';
import { NowCell } from '@/features/sagas/now-cell.tsx';
import { count, money } from '@/lib/format.ts';
import { useLatest } from '@/lib/live/context.ts';
import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { SagaLink } from '@/ui/id.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { SagaMark } from '@/ui/status-mark.tsx';
import { Strip } from '@/ui/strip.tsx';
import { StyleMark } from '@/ui/style-mark.tsx';
import type { useLatestSagas } from './use-latest-sagas.ts';

/** Those that need you, then the latest. */
export function LatestSagas({ latest }: { latest: ReturnType<typeof useLatestSagas> }) {
  const { list, rows, fresh, showFresh } = latest;
  return (
    <Card
      title="Sagas"
      note="those that need you, then the latest"
      aside={
        <>
          {fresh > 0 && (
            <button type="button" className="new" onClick={showFresh}>
              <Icon name="up" />
              {count(fresh)} new
            </button>
          )}
          <Link className="lk note" href="/sagas?tab=all">
            All sagas
          </Link>
        </>
      }
    >
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={8} />}
      {list.isSuccess && rows.length === 0 && <Empty>No sagas yet.</Empty>}
      {rows.length > 0 && (
        <table className="latest">
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Saga</th>
              <th scope="col">About</th>
              <th scope="col">Steps</th>
              <th scope="col">Now</th>
              <th scope="col" className="n">
                Elapsed
              </th>
              <th scope="col">Style</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

const Row = memo(function Row({ row }: { row: SagaRow }) {
  const saga = useLatest(row);
  const order = readOrder(saga.input);
  return (
    <tr data-saga={saga.id} data-status={saga.status}>
      <td className="c-st">
        <SagaMark saga={saga} />
      </td>
      <td className="c-id">
        <SagaLink id={saga.id} />
      </td>
      <td className="c-ord">
        <span className="cust">{saga.subject ?? saga.definition}</span>{' '}
        <span className="mute">{order ? money(order.total) : saga.subject && saga.definition}</span>
      </td>
      <td className="c-strip">
        <Strip saga={saga} />
      </td>
      <td className="c-step">
        <NowCell saga={saga} />
      </td>
      <td className="n c-dur">
        <Elapsed saga={saga} />
      </td>
      <td className="c-sty">
        <StyleMark style={saga.style} />
      </td>
    </tr>
  );
});
