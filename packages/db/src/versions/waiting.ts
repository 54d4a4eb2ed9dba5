import { choreographyMail } from '../commands/letters.ts';
import { leaseMs } from '../store/worker-row.ts';
import type { Queryable } from '../tx/index.ts';

interface Waiting {
  readonly definition_key: string;
  /** What the live workers run; one entry for each of them. */
  readonly live: readonly (readonly string[])[];
}

/**
 * Why nobody will take a saga that is ready to run: no live worker has its version. Undefined when one
 * has, and for a saga that is not waiting for a worker.
 */
export async function waitingReason(db: Queryable, sagaId: string): Promise<string | undefined> {
  const [row] = await db.query<Waiting>(
    `select r.definition_key,
            (select coalesce(jsonb_agg(w.definition_keys order by w.started_at), '[]')
               from saga.worker w
              where w.status = 'live'
                and w.heartbeat_at > clock_timestamp() - make_interval(secs => $2)) as live
       from saga.ready r where r.saga_id = $1`,
    [sagaId, leaseMs / 1_000],
  );
  // Every worker reads the letters of choreographed sagas.
  if (!row || row.definition_key === choreographyMail) return undefined;
  const { definition_key: key, live } = row;
  if (live.some((keys) => keys.includes(key))) return undefined;
  return (
    `No live worker runs ${key} (${whatRuns(live)}). ` +
    'Start a worker that has this version; the saga waits meanwhile.'
  );
}

function whatRuns(live: Waiting['live']): string {
  const keys = [...new Set(live.flat())].toSorted().join(', ') || 'nothing';
  if (live.length === 0) return 'there is no live worker';
  return live.length === 1 ? `1 worker runs ${keys}` : `${live.length} workers run ${keys}`;
}
