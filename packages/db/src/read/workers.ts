import { leaseMs } from '../store/worker-row.ts';
import type { Queryable } from '../tx/index.ts';

export interface WorkerInfo {
  readonly workerId: string;
  readonly pid: number;
  readonly host: string;
  readonly status: 'live' | 'draining' | 'dead' | 'stopped';
  /** ISO 8601. */
  readonly heartbeatAt: string;
  /** Past it without another heartbeat, others take its sagas. ISO 8601. */
  readonly leaseUntil: string;
  /** Sagas in hand; of one that has ended none. */
  readonly inFlight: number;
}

/** Worker processes, the living first; those that ended are shown for an hour. */
export async function listWorkers(db: Queryable): Promise<WorkerInfo[]> {
  const rows = await db.query<{
    id: string;
    pid: number;
    host: string;
    status: WorkerInfo['status'];
    heartbeat_at: Date;
    in_flight: number;
    silent: boolean;
  }>(
    `select id, pid, host, status, heartbeat_at, in_flight,
            heartbeat_at < clock_timestamp() - $1::int * interval '1 ms' as silent
       from saga.worker
      where status in ('live', 'draining') or heartbeat_at > clock_timestamp() - interval '1 hour'
      order by status in ('live', 'draining') desc, heartbeat_at desc limit 100`,
    [leaseMs],
  );
  return rows.map((row) => {
    // Nobody may be left to declare it dead.
    const status = row.silent && row.status === 'live' ? 'dead' : row.status;
    const hasEnded = status === 'dead' || status === 'stopped';
    return {
      workerId: row.id,
      pid: row.pid,
      host: row.host,
      status,
      heartbeatAt: row.heartbeat_at.toISOString(),
      leaseUntil: new Date(row.heartbeat_at.getTime() + leaseMs).toISOString(),
      // Its row still says what it had when it last spoke.
      inFlight: hasEnded ? 0 : row.in_flight,
    };
  });
}
