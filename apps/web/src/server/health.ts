import { listWorkers } from '@counterstep/db/read';
import type { Pool } from '@counterstep/db/tx';
import { env } from './env.ts';

export type Health =
  | { status: 'ok'; instance: string; workers: number; checkedAt: string }
  | { status: 'unavailable'; instance: string; reason: string; checkedAt: string };

/** Up means: this process, the database, and at least one worker that moves sagas. */
export async function readHealth(pool: () => Pool): Promise<Health> {
  const checkedAt = new Date().toISOString();
  const instance = env.instance();
  try {
    const workers = (await listWorkers(pool())).filter((worker) => worker.status === 'live').length;
    if (workers > 0) return { status: 'ok', instance, workers, checkedAt };
    return { status: 'unavailable', instance, reason: 'No worker is alive.', checkedAt };
  } catch (error) {
    console.error('health:', error);
    return { status: 'unavailable', instance, reason: 'The database does not answer.', checkedAt };
  }
}
