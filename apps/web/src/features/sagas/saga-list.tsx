import { useMemo, useRef, useState } from 'react';
import type { SagaRow } from '@/lib/trpc.ts';
import { BulkBar } from './bulk-bar.tsx';
import { BulkDialog } from './bulk-dialog.tsx';
import type { BulkAction } from './bulk-words.ts';
import { type Item, itemsOf } from './items.ts';
import { ListFoot } from './list-foot.tsx';
import { orderWords } from './order-words.ts';
import { SagaTable } from './saga-table.tsx';
import { useCauses } from './use-causes.ts';
import type { Filter } from './use-filter.ts';
import { useRowKeys } from './use-row-keys.ts';
import type { useSagaPages } from './use-saga-pages.ts';
import { useSelection } from './use-selection.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

interface SagaListProps {
  readonly filter: Filter;
  readonly rows: readonly SagaRow[];
  readonly pages: ReturnType<typeof useSagaPages>;
  /** How many the view finds, where that is counted. */
  readonly total: number | undefined;
}

/** The rows, what is chosen among them, and the acts on that. */
export function SagaList({ filter, rows, pages, total }: SagaListProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [asked, ask] = useState<BulkAction>();
  const causes = useCauses(filter);
  const items = useMemo(
    () => itemsOf(rows, filter.isByCause ? (causes.data ?? []) : undefined),
    [rows, filter.isByCause, causes.data],
  );
  const choosing = useSelection(filter, rows);
  const virtual = useVirtualRows(items, body, pages);
  useRowKeys(items, virtual.virtualizer, {
    toggle: choosing.toggle,
    act: (action) => filter.selected.length > 0 && ask(action),
  });
  const range = virtual.virtualizer.range;

  return (
    <>
      <section className="card tbl" aria-label={`${filter.tab.word} sagas`}>
        <SagaTable
          items={items}
          rows={rows}
          total={total}
          filter={filter}
          choosing={choosing}
          virtual={virtual}
          body={body}
        />
        <ListFoot
          from={sagasBefore(items, range?.startIndex ?? 0)}
          to={sagasBefore(items, (range?.endIndex ?? 0) + 1) - 1}
          loaded={rows.length}
          total={total}
          hasMore={pages.hasNextPage}
          order={orderWords[filter.order]}
        />
      </section>
      <BulkBar filter={filter} rows={rows} total={total} choosing={choosing} onAct={ask} />
      {asked && (
        <BulkDialog
          action={asked}
          filter={filter}
          onClose={(acted) => {
            ask(undefined);
            if (!acted) return;
            choosing.clear();
            void pages.refetch();
          }}
        />
      )}
    </>
  );
}

/** Headings of causes are items, and no sagas. */
const sagasBefore = (items: readonly Item[], index: number) =>
  items.slice(0, index).filter(({ kind }) => kind === 'saga').length;
