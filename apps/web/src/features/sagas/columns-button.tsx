import { Popup } from '@/ui/popup.tsx';
import { columnsOf } from './columns.tsx';
import { choosableColumns } from './params.ts';
import type { Filter } from './use-filter.ts';

/** Which columns are shown; in the address, so that a view can be kept and sent. */
export function ColumnsButton({ filter }: { filter: Filter }) {
  const { tab, hide, selected, change } = filter;
  const here = columnsOf(tab.id).map(({ id = '', header }) => ({ id, word: String(header) }));
  const choosable = choosableColumns.flatMap((id) => here.find((column) => column.id === id) ?? []);
  const toggle = (id: string, isShown: boolean) => {
    const others = hide.filter((hidden) => hidden !== id);
    const hidden = choosableColumns.filter((known) => known === id && !isShown);
    // What is chosen stays chosen: these are the same rows.
    change({ hide: [...others, ...hidden], selected });
  };
  return (
    <Popup icon="columns" word="Columns" className="d-only">
      <p>Status and saga always stand there.</p>
      {choosable.map(({ id, word }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={!hide.some((hidden) => hidden === id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
          {word}
        </label>
      ))}
    </Popup>
  );
}
