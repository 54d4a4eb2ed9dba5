import { count, plural } from '@/lib/format.ts';
import type { BulkPlan } from './use-bulk.ts';

interface PlannedProps {
  readonly plan: BulkPlan;
  readonly past: string;
  readonly note: string;
}

/** "42 sagas: 40 will be retried, 2 cannot", why, and what is sent. */
export function BulkPlanned({ plan: { targets, refused, sends }, past, note }: PlannedProps) {
  const reasons = tally(refused.map(({ because }) => because));
  return (
    <>
      <p className="tells" role="status">
        <b>{count(targets.length)}</b> will be {past}
        {refused.length > 0 && (
          <>
            , <b>{count(refused.length)}</b> cannot:
          </>
        )}
        {refused.length === 0 && '.'}
      </p>
      {reasons.length > 0 && (
        <ul className="why-not">
          {reasons.map(([because, number]) => (
            <li key={because}>
              {plural(number, 'saga')}: {because}
            </li>
          ))}
        </ul>
      )}
      {targets.length > 0 && (
        <>
          <h3>Will send</h3>
          {sends.map(({ operation, count: number }) => (
            <div key={operation} className="cmd">
              <b>{count(number)}</b> × <code className="op">{operation}</code>
            </div>
          ))}
          {sends.length === 0 && <div className="cmd mute">nothing at once</div>}
          <p className="guard">{note}</p>
        </>
      )}
    </>
  );
}

/** How often each text comes, the most frequent first. */
function tally(texts: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
