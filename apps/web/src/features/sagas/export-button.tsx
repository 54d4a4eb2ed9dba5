import { exportMax } from '@/lib/export-max.ts';
import { count } from '@/lib/format.ts';
import { Icon } from '@/ui/icon.tsx';
import { Popup } from '@/ui/popup.tsx';
import { orderWords } from './order-words.ts';
import type { Filter } from './use-filter.ts';

/** What the filter finds as a file, whole and not only what has been scrolled to. */
export function ExportButton({ filter }: { filter: Filter }) {
  if (filter.impossible) return null;
  return (
    <Popup icon="download" word="Export">
      <p>
        All sagas of this view, {orderWords[orderOf(filter)]}. A file has at most the first{' '}
        {count(exportMax)}, and then says so in its name.
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

/** What is urgent changes while pages are read; an age does not, so each saga is there once. */
const orderOf = ({ order }: Filter) => (order === 'urgent' ? 'oldest' : order);

function hrefOf(filter: Filter, format: string): string {
  const params = new URLSearchParams({ format, order: orderOf(filter) });
  for (const [name, value] of Object.entries(filter.query)) {
    for (const each of [value].flat()) params.append(name, each);
  }
  return `/api/export?${params.toString()}`;
}
