import { count } from '@/lib/format.ts';
import { Icon } from '@/ui/icon.tsx';
import { Popup } from '@/ui/popup.tsx';
import type { Filter } from './use-filter.ts';

/** As the server has it. */
const exportMax = 50_000;

/** What the filter finds as a file, whole and not only what has been scrolled to. */
export function ExportButton({ filter }: { filter: Filter }) {
  if (filter.impossible) return null;
  const order = filter.isByCause ? 'by cause' : `${filter.order} first`;
  return (
    <Popup icon="download" word="Export">
      <p>
        All sagas of this view, {order}. A file has at most {count(exportMax)}; for others, narrow
        the filter.
      </p>
      <a href={hrefOf(filter, 'csv')} download="sagas.csv">
        <Icon name="table" />
        CSV, a row for each
      </a>
      <a href={hrefOf(filter, 'json')} download="sagas.json">
        <Icon name="list" />
        JSON, with steps and input
      </a>
    </Popup>
  );
}

function hrefOf({ query, order }: Filter, format: string): string {
  const params = new URLSearchParams({ format, order });
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) params.append(name, each);
  }
  return `/api/export?${params.toString()}`;
}
