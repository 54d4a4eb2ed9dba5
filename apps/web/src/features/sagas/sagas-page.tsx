'use client';

import './sagas.css';
import './sagas-small.css';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { plural } from '@/lib/format.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { AsOf, Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { Filters } from './filters.tsx';
import { NewRows } from './new-rows.tsx';
import { SagaTable } from './saga-table.tsx';
import { SearchField } from './search-field.tsx';
import { TabList } from './tab-list.tsx';
import { useFilter } from './use-filter.ts';
import { useSagaPages } from './use-saga-pages.ts';

export function SagasPage() {
  const trpc = useTRPC();
  const filter = useFilter();
  const { batch, query, tab } = filter;
  const counts = useQuery(
    trpc.sagas.counts.queryOptions(batch ? { correlationId: batch } : undefined),
  );
  const pages = useSagaPages(query);
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <div className="sagas-page">
      <div className="lh">
        <h1>Sagas</h1>
        <SearchField search={filter.search} onSearch={(search) => filter.change({ search })} />
        <div className="r">
          <AsOf />
          <Link className="btn" href="/sagas/new">
            <Icon name="play" />
            Start a saga
          </Link>
        </div>
      </div>
      <TabList current={tab.id} counts={counts.data} hrefWith={filter.hrefWith} />
      <Filters filter={filter}>
        <NewRows shown={rows} filter={query} onShow={() => pages.refetch()} />
      </Filters>
      <section className="card tbl" aria-label={`${tab.word} sagas`}>
        {pages.error && <Failure error={pages.error} retry={() => void pages.refetch()} />}
        {pages.isPending && <Skeleton rows={12} height={34} />}
        {pages.isSuccess && rows.length === 0 && (
          <Empty
            action={
              <Link className="btn primary" href="/orders/new">
                Place an order
              </Link>
            }
          >
            {tab.id === 'active' && !filter.search
              ? 'Nothing is in flight.'
              : 'No saga matches this view.'}
          </Empty>
        )}
        {rows.length > 0 && <SagaTable rows={rows} />}
        {rows.length > 0 && (
          <div className="ft">
            <span>{plural(rows.length, 'saga')} shown, newest first</span>
            {pages.hasNextPage && (
              <button
                type="button"
                className="btn sm"
                disabled={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                Show more
              </button>
            )}
          </div>
        )}
      </section>
    </div>
  );
}
