import type { SagaDefinition } from '@counterstep/saga-core/definition';
import { hashOf } from '@counterstep/saga-core/participant';
import { uuidV7 } from '../store/ids.ts';
import { acceptSagas } from '../store/start.ts';
import { CommitUnknownError, type Pool, type Queryable, type Tx } from '../tx/index.ts';
import { badInput, CommandError, storable } from './errors.ts';

export interface StartRequest {
  /** Checked against the definition's schema; what the schema makes of it is what the saga gets. */
  readonly input: unknown;
  /** The same key with the same input gives the same saga, however often it is sent; 1 to 200 characters. */
  readonly idempotencyKey?: string;
  /** Sagas that belong together are found by it. */
  readonly correlationId?: string;
  /** Who asks for it, as the log will say. */
  readonly actor: string;
}

export interface StartedSaga {
  readonly sagaId: string;
  /** The key was known: this is the saga that it stands for. It may have ended, or been retired. */
  readonly duplicate: boolean;
}

const keyLengthMax = 200;

/**
 * Starts a saga of any definition. When it returns, the saga is durable and will reach an end or an
 * operator. A key belongs to the definition's name: another version of it knows the key too.
 *
 * @throws CommandError BAD_INPUT, nothing stored; KEY_REUSED when the key stands for another input
 */
export async function startSaga<Input>(
  pool: Pool,
  definition: SagaDefinition<Input>,
  { input: sent, idempotencyKey: key, correlationId, actor }: StartRequest,
): Promise<StartedSaga> {
  if (key !== undefined && !isKey(key)) {
    throw new CommandError(
      'BAD_INPUT',
      `idempotencyKey: write 1 to ${keyLengthMax} characters of text.`,
    );
  }
  // Over what the client sent: what a schema makes of it may change with the version, or with the hour.
  const hash = hashOf(storable('input', sent));
  if (key !== undefined) {
    const known = await findKey(pool, definition.name, key, hash);
    if (known !== undefined) return { sagaId: known, duplicate: true };
  }
  const parsed = definition.input.safeParse(sent);
  if (!parsed.success) throw badInput('input', parsed.error);
  const stored = storable('input', parsed.data);
  const saga = {
    sagaId: uuidV7(),
    // As it will read back: that is what the steps will see, on whatever worker.
    input: stored as Input,
    actor,
    ...(key !== undefined && { idempotencyKey: key }),
    ...(correlationId !== undefined && { correlationId }),
  };
  const accept = () =>
    pool.transaction(async (tx) => {
      const owner =
        key === undefined
          ? saga.sagaId
          : await bindKey(tx, definition.name, key, hash, saga.sagaId);
      if (owner === saga.sagaId) await acceptSagas(tx, definition, 'orchestration', [saga]);
      return owner;
    });
  const known = await accept().catch((error: unknown) => {
    // It may have been accepted: once more finds its own key and its own row, and changes nothing.
    if (error instanceof CommitUnknownError) return accept();
    throw error;
  });
  // Workers poll: a lost wake-up costs latency only.
  pool.query(`select pg_notify('counterstep', 'ready')`).catch(() => undefined);
  return { sagaId: known, duplicate: known !== saga.sagaId };
}

/** Text that Postgres can hold: no U+0000, no half of a surrogate pair. */
const isKey = (key: string): boolean =>
  key.trim() !== '' && key.length <= keyLengthMax && key.isWellFormed() && !key.includes('\0');

/** Two words and a space: no customer, whose name begins the keys of orders, is called that. */
const keyOf = (name: string, key: string): string => `saga ${name}/${key}`;

/** Binds a key to a new saga, or returns the saga that it stands for. Keys outlive their sagas. */
async function bindKey(
  tx: Tx,
  name: string,
  key: string,
  hash: string,
  sagaId: string,
): Promise<string> {
  const bound = await tx.query(
    `insert into saga.idempotency (key, saga_id, request_hash, acknowledged_at)
     values ($1, $2, $3, clock_timestamp()) on conflict (key) do nothing returning 1`,
    [keyOf(name, key), sagaId, hash],
  );
  if (bound.length > 0) return sagaId;
  const known = await findKey(tx, name, key, hash);
  if (known === undefined) throw new Error(`The key "${key}" vanished.`);
  return known;
}

/** The saga that a key stands for, if it is known; refuses it for another request. */
async function findKey(
  db: Queryable,
  name: string,
  key: string,
  hash: string,
): Promise<string | undefined> {
  const [row] = await db.query<{ saga_id: string; request_hash: string }>(
    'select saga_id, request_hash from saga.idempotency where key = $1',
    [keyOf(name, key)],
  );
  if (row && row.request_hash !== hash) {
    throw new CommandError(
      'KEY_REUSED',
      `The idempotency key "${key}" stands for another ${name}; use a new key.`,
    );
  }
  return row?.saga_id;
}
