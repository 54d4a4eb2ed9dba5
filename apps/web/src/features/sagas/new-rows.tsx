import { count } from '@/lib/format.ts';
import { useLive, useRowsVersion } from '@/lib/live/context.ts';
import { matches } from '@/lib/saga-filter.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import type { Filter } from './use-filter.ts';

interface NewRowsProps {
  readonly shown: readonly SagaRow[];
  readonly filter: Filter;
  /** Rows follow that have not been read: an older saga may be among them. */
  readonly hasMore: boolean;
  readonly onShow: () => unknown;
}

/** What has come into the view, or left it, gathers here instead of moving rows under the pointer. */
export function NewRows({ shown, filter, hasMore, onShow }: NewRowsProps) {
  useRowsVersion();
  const { rows } = useLive();
  // A summary does not say which launch it is of.
  if (filter.batch) return null;
  const known = new Set(shown.map(({ id }) => id));
  const last = hasMore ? shown.at(-1) : undefined;
  const isWithin = (saga: SagaRow) => last === undefined || comesBefore(filter.order, saga, last);
  let fresh = 0;
  let gone = 0;
  for (const saga of rows.all()) {
    if (known.has(saga.id)) gone += matches(filter.query, saga) ? 0 : 1;
    else if (matches(filter.query, saga) && isWithin(saga)) fresh += 1;
  }
  if (fresh === 0 && gone === 0) return null;
  const words = [fresh > 0 && `${count(fresh)} new`, gone > 0 && `${count(gone)} moved on`];
  return (
    <button type="button" className="new" onClick={onShow}>
      <Icon name={fresh > 0 ? 'up' : 'retry'} />
      {words.filter(Boolean).join(', ')}
    </button>
  );
}

/** As the server sorts; by cause there is one kind of urgency alone. */
function comesBefore(order: Filter['order'], a: SagaRow, b: SagaRow): boolean {
  if (order === 'newest') return a.createdAt > b.createdAt;
  const apart = order === 'urgent' ? urgencyOf(a) - urgencyOf(b) : 0;
  return apart === 0 ? a.createdAt < b.createdAt : apart < 0;
}

const urgencyOf = ({ status, stalled }: SagaRow): number =>
  status === 'stuck' ? 0 : stalled ? 1 : 2;
