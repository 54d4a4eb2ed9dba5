'use client';

import './sagas.css';
import './bulk.css';
import './sagas-small.css';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useMemo } from 'react';
import { duration } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import { type Cause, type SagaRow, useTRPC } from '@/lib/trpc.ts';
import { plural } from '@/lib/format.ts';
import { Icon } from '@/ui/icon.tsx';
import { AsOf, Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { ColumnsButton } from './columns-button.tsx';
import { ExportButton } from './export-button.tsx';
import { Filters } from './filters.tsx';
import { NewRows } from './new-rows.tsx';
import { NoSaga } from './no-saga.tsx';
import { orderWords } from './order-words.ts';
import { SagaList } from './saga-list.tsx';
import { SearchField } from './search-field.tsx';
import { TabList } from './tab-list.tsx';
import { countOf } from './tabs.ts';
import { useCauses } from './use-causes.ts';
import { useFilter } from './use-filter.ts';
import { useSagaPages } from './use-saga-pages.ts';

export function SagasPage() {
  const trpc = useTRPC();
  const filter = useFilter();
  const { batch, tab, impossible } = filter;
  // The stream counts all sagas; those of one launch are asked for.
  const isBatch = batch !== '' && impossible === undefined;
  const counts = useQuery(
    trpc.sagas.counts.queryOptions(isBatch ? { correlationId: batch } : undefined, {
      refetchInterval: isBatch ? 2_000 : false,
    }),
  );
  const causes = useCauses(filter);
  const pages = useSagaPages(filter);
  const rows = useMemo(
    () => (impossible ? [] : once(pages.data?.pages.flatMap((page) => page.items) ?? [])),
    [impossible, pages.data],
  );
  const isNarrowed = Boolean(filter.search || filter.style || filter.definition);

  return (
    <div className="sagas-page">
      <div className="lh">
        <h1>Sagas</h1>
        <SearchField search={filter.search} onSearch={(search) => filter.change({ search })} />
        <div className="r">
          <AsOf />
          <ExportButton filter={filter} />
          <ColumnsButton filter={filter} />
          <Link className="btn" href="/sagas/new">
            <Icon name="play" />
            Start a saga
          </Link>
        </div>
      </div>
      <TabList filter={filter} counts={counts.data} />
      <Filters
        filter={filter}
        note={
          filter.isByCause && causes.data?.length ? (
            <CausesNote causes={causes.data} />
          ) : (
            filter.order === 'urgent' && orderWords.urgent
          )
        }
      >
        {pages.isSuccess && (
          <NewRows
            shown={rows}
            filter={filter}
            hasMore={pages.hasNextPage}
            onShow={() => pages.refetch()}
          />
        )}
      </Filters>
      {impossible && <Empty>{impossible} Nothing can match.</Empty>}
      {pages.error && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isPending && !impossible && !pages.error && (
        <section className="card tbl" aria-label={`${tab.word} sagas`}>
          <Skeleton rows={14} height={34} />
        </section>
      )}
      {pages.isSuccess && !impossible && rows.length === 0 && <NoSaga filter={filter} />}
      {rows.length > 0 && (
        <SagaList
          filter={filter}
          rows={rows}
          pages={pages}
          total={isNarrowed ? undefined : countOf(tab, counts.data)}
        />
      )}
    </div>
  );
}

/** One that has moved on between two pages may be in both. */
const once = (rows: readonly SagaRow[]): readonly SagaRow[] =>
  [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].toReversed();

/** 7 sagas, 3 causes, oldest waits 14 m 22 s. */
function CausesNote({ causes }: { causes: readonly Cause[] }) {
  const now = useNow(true, 1_000);
  const oldest = Math.min(...causes.map(({ oldestAt }) => Date.parse(oldestAt)));
  const sagas = causes.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      {plural(sagas, 'saga')}, {plural(causes.length, 'cause')}, oldest waits{' '}
      {duration(now - oldest)}
    </>
  );
}
