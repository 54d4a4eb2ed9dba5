import { getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';
import type { SagaRow } from '@/lib/trpc.ts';
import { GapRow } from '@/ui/gap-row.tsx';
import { Icon } from '@/ui/icon.tsx';
import { CauseRow } from './cause-row.tsx';
import { Checkbox } from './checkbox.tsx';
import { columnsOf } from './columns.tsx';
import type { Item } from './items.ts';
import { Row } from './saga-row.tsx';
import { orderWords } from './order-words.ts';
import type { Filter } from './use-filter.ts';
import type { Choosing } from './use-selection.ts';
import type { useVirtualRows } from './use-virtual-rows.ts';

interface TableProps {
  readonly items: readonly Item[];
  readonly rows: readonly SagaRow[];
  readonly total: number | undefined;
  readonly filter: Filter;
  readonly choosing: Choosing;
  readonly virtual: ReturnType<typeof useVirtualRows>;
  readonly body: RefObject<HTMLTableSectionElement | null>;
}

export function SagaTable(props: TableProps) {
  const { items, rows, total, filter, choosing, virtual, body } = props;
  // oxlint-disable-next-line react/incompatible-library -- No compiler memoizes here; rows do by themselves.
  const table = useReactTable({
    data: rows as SagaRow[],
    columns: columnsOf(filter.tab.id),
    getRowId: ({ id }) => id,
    getCoreRowModel: getCoreRowModel(),
    state: {
      rowSelection: useChosen(filter, rows),
      columnVisibility: Object.fromEntries(filter.hide.map((id) => [id, false])),
    },
  });
  const visible = table.getVisibleLeafColumns();
  const latest = useRef(choosing);
  useEffect(() => {
    latest.current = choosing;
  });
  const toggle = useCallback(
    (id: string, isRange: boolean) => latest.current.toggle(id, isRange),
    [],
  );
  const { above, below, shown, virtualizer } = virtual;
  const isChosen = (id: string) => table.getState().rowSelection[id] === true;

  return (
    <table className="sl" aria-rowcount={(total ?? rows.length) + 1}>
      <colgroup>
        <col style={{ width: 42 }} />
        {visible.map((column) => (
          <col
            key={column.id}
            {...(column.columnDef.size && { style: { width: column.columnDef.size } })}
          />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">
            <Checkbox
              label="Choose all rows that are loaded"
              checked={table.getIsAllRowsSelected()}
              isMixed={table.getIsSomeRowsSelected()}
              onToggle={() => choosing.toggleMany(rows.map(({ id }) => id))}
            />
          </th>
          {visible.map(({ id, columnDef }) => (
            <th
              key={id}
              scope="col"
              className={columnDef.meta?.isNumber ? 'n' : undefined}
              {...(id === 'age' && !filter.isByCause && sortOf(filter))}
            >
              {id === 'age' && !filter.isByCause ? (
                <AgeOrder filter={filter} />
              ) : (
                String(columnDef.header)
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <GapRow height={above} />
        {shown.map(({ index, key }) => {
          const item = items[index];
          if (item?.kind === 'cause') {
            const { sagaIds, cause, toReturn } = item;
            return (
              <CauseRow
                key={key}
                cause={cause}
                index={index}
                columnCount={visible.length + 1}
                toReturn={toReturn}
                chosen={sagaIds.filter(isChosen).length}
                loaded={sagaIds.length}
                onToggle={() => choosing.toggleMany(sagaIds)}
                measure={virtualizer.measureElement}
              />
            );
          }
          return (
            item && (
              <Row
                key={key}
                row={item.row}
                index={index}
                columns={visible}
                isChosen={isChosen(item.row.id)}
                onToggle={toggle}
                measure={virtualizer.measureElement}
              />
            )
          );
        })}
        <GapRow height={below} />
      </tbody>
    </table>
  );
}

function useChosen({ selected }: Filter, rows: readonly SagaRow[]): Record<string, boolean> {
  return useMemo(
    () =>
      Object.fromEntries(
        (selected === 'all' ? rows.map(({ id }) => id) : selected).map((id) => [id, true]),
      ),
    [selected, rows],
  );
}

const sortOf = ({ order }: Filter) =>
  order === 'urgent'
    ? {}
    : ({ 'aria-sort': order === 'oldest' ? 'descending' : 'ascending' } as const);

/** The youngest first, the oldest, or what needs somebody where that can be. */
function AgeOrder({ filter: { order, tab, change } }: { filter: Filter }) {
  const next = { urgent: 'newest', newest: 'oldest', oldest: 'urgent', cause: 'oldest' } as const;
  const { [order]: asked } = next;
  return (
    <button
      type="button"
      className="sort"
      onClick={() => change({ order: asked === 'urgent' && tab.id !== 'active' ? null : asked })}
    >
      Age
      <Icon name={order === 'newest' ? 'up' : 'chevronDown'} label={orderWords[order]} />
    </button>
  );
}
