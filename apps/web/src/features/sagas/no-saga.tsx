import Link from 'next/link';
import { Empty } from '@/ui/states.tsx';
import type { Filter } from './use-filter.ts';

/** Nothing to show: why, and what to do next. */
export function NoSaga({ filter }: { filter: Filter }) {
  const { tab, search, style, definition, batch, change } = filter;
  const isNarrowed = Boolean(search || style || definition || batch);
  return (
    <section className="card tbl" aria-label={`${tab.word} sagas`}>
      <Empty
        action={
          isNarrowed ? (
            <button
              type="button"
              className="btn"
              onClick={() => change({ search: '', style: null, definition: '', batch: '' })}
            >
              Remove the filters
            </button>
          ) : (
            <Link className="btn primary" href="/orders/new">
              Place an order
            </Link>
          )
        }
      >
        {isNarrowed ? 'No saga matches this view.' : emptyWords[tab.id]}
      </Empty>
    </section>
  );
}

const emptyWords: Readonly<Record<Filter['tab']['id'], string>> = {
  active: 'Nothing is in flight.',
  stuck: 'Nothing is stuck: no saga waits for a person.',
  retrying: 'Nothing waits for another attempt.',
  compensating: 'Nothing is walking back.',
  unknown: 'No outcome is in doubt.',
  waiting: 'Nothing waits for a time or a signal.',
  paused: 'Nothing is paused.',
  stalled: 'Nothing is overdue.',
  completed: 'No saga has completed yet.',
  compensated: 'No saga has been compensated yet.',
  resolved: 'No saga has been resolved by hand.',
  all: 'There is no saga yet.',
};
