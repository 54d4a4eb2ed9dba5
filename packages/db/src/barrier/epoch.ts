import type { Direction, FencedEffect, Json } from '@counterstep/saga-core/participant';
import type { Pool, Tx } from '../tx/index.ts';

/**
 * Taking a choreographed saga out of its services' hands.
 *
 * Every reaction's transaction holds one lock of the service, shared, from before it looks the epoch up
 * until it has committed; a fence takes it alone. So a reaction either commits before the fence, which
 * then returns its effect, or finds the higher epoch and does nothing. One lock for the service and not
 * one per saga: it costs a batch one statement whatever its size, and a fence waits for the batches that
 * are under way, some milliseconds.
 */
const fenceLock = `hashtext('counterstep fence'), hashtext(current_schema())`;

/** First statement of a reaction's transaction: holds fences off until it has committed. */
export async function holdFences(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(${fenceLock})`);
}

/** Epochs of those sagas that have been taken over. */
export async function readEpochs(tx: Tx, sagaIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.query<{ saga_id: string; epoch: number }>(
    'select saga_id, epoch from saga_epoch where saga_id = any($1::uuid[])',
    [sagaIds],
  );
  return new Map(rows.map((row) => [row.saga_id, row.epoch]));
}

/** One saga of a fence. */
export interface FenceRequest {
  readonly sagaId: string;
  readonly epoch: number;
}

/**
 * Raises the epoch of many sagas at once, forgets their parked messages, and returns what each has done
 * at this service, in the order of the requests.
 */
export async function fenceSagas(
  pool: Pool,
  requests: readonly FenceRequest[],
): Promise<FencedEffect[][]> {
  const ids = requests.map(({ sagaId }) => sagaId);
  const rows = await pool.transaction(async (tx) => {
    const [, , , effects] = await Promise.all([
      tx.query(`select pg_advisory_xact_lock(${fenceLock})`),
      tx.query(
        `insert into saga_epoch as e (saga_id, epoch)
         select saga_id, max(epoch) from unnest($1::uuid[], $2::int[]) as r (saga_id, epoch)
          group by saga_id order by saga_id
         on conflict (saga_id) do update set epoch = excluded.epoch where e.epoch < excluded.epoch`,
        [ids, requests.map(({ epoch }) => epoch)],
      ),
      tx.query('delete from parked where saga_id = any($1::uuid[])', [ids]),
      tx.query<EffectRow>(
        `select saga_id, step, direction, generation, outcome, result from effect
          where saga_id = any($1::uuid[]) order by saga_id, step, direction`,
        [ids],
      ),
    ]);
    return effects;
  });
  return requests.map(({ sagaId }) => effectsOf(rows, sagaId));
}

/** What one saga has done at this service so far. A look: it may do more at any time. */
export async function readSagaEffects(pool: Pool, sagaId: string): Promise<FencedEffect[]> {
  const rows = await pool.query<EffectRow>(
    `select saga_id, step, direction, generation, outcome, result from effect where saga_id = $1`,
    [sagaId],
  );
  return effectsOf(rows, sagaId);
}

interface EffectRow {
  readonly saga_id: string;
  readonly step: string;
  readonly direction: Direction;
  readonly generation: number;
  readonly outcome: FencedEffect['outcome'];
  readonly result: Json;
}

function effectsOf(rows: readonly EffectRow[], sagaId: string): FencedEffect[] {
  return rows
    .filter((row) => row.saga_id === sagaId)
    .map(({ step, direction, generation, outcome, result }) => ({
      step,
      direction,
      generation,
      outcome,
      result,
    }));
}
