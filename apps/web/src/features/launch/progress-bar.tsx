import Link from 'next/link';
import { count } from '@/lib/format.ts';
import type { Batch } from '@/lib/trpc.ts';
import { sagaLooks } from '@/ui/status.ts';
import { Mark } from '@/ui/status-mark.tsx';
import { stacked } from './progress.ts';

/** What has become of a launch's sagas: every one is in the bar, those not yet placed as its dashed rest. */
export function ProgressBar({
  batch,
  total,
  batchId,
}: {
  batch: Batch;
  total: number;
  batchId: string;
}) {
  const parts = stacked.map((status) => ({ status, number: batch[status] }));
  const placed = parts.reduce((sum, { number }) => sum + number, 0);
  const label = parts
    .filter(({ number }) => number > 0)
    .map(({ status, number }) => `${number} ${sagaLooks[status].word.toLowerCase()}`)
    .join(', ');
  return (
    <div className="pb">
      <div
        className="pb-bar"
        role="img"
        aria-label={`${label || 'nothing yet'}; ${Math.max(0, total - placed)} to come`}
      >
        {parts.map(({ status, number }) => (
          <i
            key={status}
            className={`pb-${status}`}
            style={{ width: `${total ? (number / total) * 100 : 0}%` }}
          />
        ))}
      </div>
      <ul className="pb-key">
        {parts.map(({ status, number }) => (
          <li key={status} data-count={status}>
            <Link
              href={`/sagas?tab=${status === 'stuck' || status === 'compensating' ? status : 'all'}&batch=${batchId}`}
            >
              <i className={`pb-sw pb-${status}`} />
              <Mark look={sagaLooks[status]} />
              <b>{count(number)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
