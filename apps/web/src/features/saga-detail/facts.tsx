import Link from 'next/link';
import type { Saga } from '@/lib/trpc.ts';
import { Elapsed } from '@/features/sagas/elapsed.tsx';
import { ShortId } from '@/ui/id.tsx';
import { Moment } from '@/ui/moment.tsx';
import { isFinished } from '@/ui/status.ts';
import { StyleMark } from '@/ui/style-mark.tsx';
import { Until } from '@/ui/until.tsx';
import type { Attempt } from './attempts.ts';

interface FactsProps {
  readonly saga: Saga;
  readonly attempts: readonly Attempt[];
  /** Who holds it is known of the present alone. */
  readonly isPast: boolean;
}

export function Facts({ saga, attempts, isPast }: FactsProps) {
  const failed = attempts.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  return (
    <dl className="facts">
      {saga.orderId && (
        <div>
          <dt>Order</dt>
          <dd>
            <Link className="lk" href={`/sagas?tab=all&search=${saga.orderId}`}>
              <ShortId id={saga.orderId} prefix="ord_" />
            </Link>
          </dd>
        </div>
      )}
      {!saga.orderId && saga.businessKey && (
        <div>
          <dt>About</dt>
          <dd>
            <Link
              className="lk"
              href={`/sagas?tab=all&search=${encodeURIComponent(saga.businessKey)}`}
            >
              <code>{saga.businessKey}</code>
            </Link>
          </dd>
        </div>
      )}
      <div>
        <dt>Style</dt>
        <dd>
          <StyleMark style={saga.style} />
          {saga.takenOver && ', taken over'}
        </dd>
      </div>
      <div>
        <dt>Definition</dt>
        <dd>
          {saga.definition}, version {saga.version}
        </dd>
      </div>
      <div>
        <dt>Started</dt>
        <dd>
          <Moment at={saga.createdAt} />
        </dd>
      </div>
      <div>
        <dt>Elapsed</dt>
        <dd>
          <Elapsed saga={saga} />
        </dd>
      </div>
      {saga.deadlineAt && (
        <div>
          <dt>Deadline</dt>
          <dd>
            <Until at={saga.deadlineAt} seconds />
            {deadlineNote(saga)}
          </dd>
        </div>
      )}
      <div>
        <dt>Attempts</dt>
        <dd>
          {attempts.filter(({ wait }) => !wait).length}
          {failed.length > 0 && `, of which ${failed.length} failed`}
        </dd>
      </div>
      {!isPast && (
        <div>
          <dt>Held by</dt>
          <dd>{heldBy(saga)}</dd>
        </div>
      )}
    </dl>
  );
}

/** A deadline ends with the pivot: past it nothing turns back. */
function deadlineNote({ status, steps }: Saga): string {
  const isPast = steps.some((step) => step.isPivot && step.status === 'succeeded');
  if (isPast || status === 'completed') return ', met';
  return isFinished(status) ? '' : ', to pass the pivot';
}

function heldBy({ owner, fence, style, takenOver }: Saga): string {
  if (style === 'choreography' && !takenOver) return 'nobody: no coordinator';
  return owner ? `worker ${owner.slice(0, 8)}, fence ${fence}` : `nobody, fence ${fence}`;
}
