import { count, plural } from '@/lib/format.ts';
import { SagaLink } from '@/ui/id.tsx';
import { Failure } from '@/ui/states.tsx';
import type { Progress } from './use-bulk.ts';

interface OutcomeProps {
  readonly progress: Exclude<Progress, { phase: 'asked' }>;
  readonly total: number;
  readonly past: string;
}

/** So many that a person reads them; all of them are in the audit log. */
const namedMax = 50;

/** What became of each; those that were left alone by name. */
export function BulkOutcome({ progress, total, past }: OutcomeProps) {
  const { phase, results } = progress;
  const done = results.filter(({ outcome }) => outcome === 'done' || outcome === 'repeated');
  const left = results.filter(({ outcome }) => outcome === 'refused' || outcome === 'failed');
  const unsent = total - results.length;
  return (
    <>
      <progress value={results.length} max={total} aria-label="Sagas that have their answer" />
      <p className="tells" role="status">
        <b>{count(done.length)}</b> of {count(total)} {past}
        {left.length > 0 && (
          <>
            , <b>{count(left.length)}</b> left alone
          </>
        )}
        {phase === 'over' && unsent > 0 && `, ${plural(unsent, 'saga')} not asked`}.
      </p>
      {phase === 'over' && progress.error && <Failure error={progress.error} />}
      {left.length > 0 && (
        <ul className="why-not">
          {left.slice(0, namedMax).map(({ sagaId, because }) => (
            <li key={sagaId}>
              <SagaLink id={sagaId} /> {because}
            </li>
          ))}
          {left.length > namedMax && <li>and {count(left.length - namedMax)} more</li>}
        </ul>
      )}
    </>
  );
}
