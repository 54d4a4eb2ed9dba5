import type { Column } from '@tanstack/react-table';
import { memo, type RefCallback } from 'react';
import { tail } from '@/lib/format.ts';
import { useLatest } from '@/lib/live/context.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { Checkbox } from './checkbox.tsx';

interface RowProps {
  readonly row: SagaRow;
  /** Among the items of the list, headings of causes included. */
  readonly index: number;
  readonly columns: readonly Column<SagaRow>[];
  readonly isChosen: boolean;
  readonly onToggle: (sagaId: string, isRange: boolean) => void;
  readonly measure: RefCallback<Element>;
}

/** One saga with whatever the stream has said of it since it was read; the whole row is its link. */
export const Row = memo(function Row(props: RowProps) {
  const { row, index, columns, isChosen, onToggle, measure } = props;
  const saga = useLatest(row);
  return (
    <tr
      ref={measure}
      data-index={index}
      data-saga={saga.id}
      data-status={saga.status}
      aria-rowindex={index + 2}
      className={isChosen ? 'sel' : ''}
    >
      <td className="ck">
        <Checkbox
          label={`Choose saga ${tail(saga.id)}`}
          checked={isChosen}
          onToggle={(isRange) => onToggle(saga.id, isRange)}
        />
      </td>
      {columns.map(({ id, columnDef }) => (
        <td key={id} className={columnDef.meta?.className}>
          {columnDef.meta?.render(saga)}
        </td>
      ))}
    </tr>
  );
});
