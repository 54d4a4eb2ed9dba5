import type { SagaShape, SignalWork } from '@counterstep/saga-core/definition';
import { isTerminal } from '@counterstep/saga-core/machine';
import { canonicalJson, type Json, sanitise } from '@counterstep/saga-core/participant';
import type { Pool, Tx } from '../tx/index.ts';
import { writeAudit } from './audit.ts';
import { badInput, CommandError, storable } from './errors.ts';
import { type Addressed, type Ask, lockSaga, postLetter, wakeForMail } from './letters.ts';

export interface Signal extends Omit<Ask, 'reason'> {
  /** Name of the step that waits for it, now or later. */
  readonly signal: string;
  /** At most 64 KB as JSON; what is stored is what the step's schema makes of it. */
  readonly payload: unknown;
  readonly reason?: string;
}

/** A letter is read with each turn of its saga: it should say what happened, not carry documents. */
const payloadBytesMax = 64 * 1024;

/**
 * Tells a saga what it waits for, or will wait for. Each signal comes once: sent again with the same
 * payload it is accepted and changes nothing, even when the saga has ended; of several payloads sent
 * at once one is taken.
 *
 * @throws CommandError NOT_FOUND; NOT_ALLOWED for a saga that has ended or has no coordinator;
 * BAD_INPUT for a signal that the definition does not know, or a payload that does not fit it;
 * CONFLICT when it has come with another payload
 */
export async function sendSignal(
  pool: Pool,
  definitionOf: (name: string, version: number) => SagaShape | undefined,
  message: Signal,
): Promise<void> {
  // Looked up before it is checked, and Postgres takes not every text.
  const signal = sanitise(message.signal) as string;
  const ask = { ...message, signal, reason: message.reason ?? `signal ${signal}` };
  const refusal = await pool.transaction(async (tx) => {
    const current = await lockSaga(tx, ask.sagaId);
    const before = await readBefore(tx, ask);
    // Bad input is the sender's mistake and no act upon the saga: it is thrown, and nothing is stored.
    const verdict =
      barredBecause(current, before, signal) ?? judge(current, before, definitionOf, ask);
    const isRefused = verdict instanceof CommandError;
    const result = isRefused ? `refused: ${verdict.message}` : 'accepted';
    await writeAudit(tx, { ...ask, action: 'signal', result });
    if (isRefused) return verdict;
    if (verdict.isNew) {
      await postLetter(tx, { ...ask, kind: 'signal', payload: verdict.payload }, current);
    }
    return undefined;
  });
  if (refusal) throw refusal;
  await wakeForMail(pool);
}

/** What the signal brought when it came before; it is a value of its own, which may be null. */
type Before = { readonly payload: Json } | undefined;

async function readBefore(tx: Tx, { sagaId, signal }: Signal): Promise<Before> {
  const [row] = await tx.query<{ payload: Json }>(
    'select payload from saga.mailbox where saga_id = $1 and signal = $2',
    [sagaId, signal],
  );
  return row;
}

function barredBecause(
  { status, leaderless, turned_back, steps }: Addressed,
  before: Before,
  signal: string,
): CommandError | undefined {
  if (leaderless) {
    return new CommandError(
      'NOT_ALLOWED',
      'A choreographed saga has no coordinator that could wait for a signal; send its service a message.',
    );
  }
  if (before) return undefined;
  if (isTerminal(status)) {
    return new CommandError('NOT_ALLOWED', `The saga is ${status} already; no signal reaches it.`);
  }
  const [forward] = steps[signal] ?? ['pending'];
  const isOver = turned_back || (forward !== 'pending' && forward !== 'waiting');
  return isOver
    ? new CommandError('NOT_ALLOWED', `The saga does not wait for "${signal}" any more.`)
    : undefined;
}

function judge(
  { definition, version }: Addressed,
  before: Before,
  definitionOf: (name: string, version: number) => SagaShape | undefined,
  { signal, payload }: Signal,
): CommandError | { readonly isNew: boolean; readonly payload: Json } {
  const shape = definitionOf(definition, version);
  if (!shape) {
    throw new CommandError(
      'BAD_INPUT',
      `signal: the definition ${definition}@${version} is not known here; send it where it runs.`,
    );
  }
  const received = parse(signalOf(shape, signal), payload);
  if (!before) return { isNew: true, payload: received };
  return canonicalJson(before.payload) === canonicalJson(received)
    ? { isNew: false, payload: received }
    : new CommandError(
        'CONFLICT',
        `The signal "${signal}" has come already, with another payload; the first one counts.`,
      );
}

function signalOf({ name, version, steps }: SagaShape, signal: string): SignalWork {
  const step = steps.find((each) => each.name === signal);
  if (step?.action.kind === 'signal') return step.action;
  const known = steps
    .filter((each) => each.action.kind === 'signal')
    .map((each) => `"${each.name}"`)
    .join(' or ');
  throw new CommandError(
    'BAD_INPUT',
    known
      ? `signal: ${name}@${version} does not wait for "${signal}"; write ${known}.`
      : `signal: ${name}@${version} waits for no signal; send it none.`,
  );
}

/** The payload as it will be stored. */
function parse({ schema }: SignalWork, payload: unknown): Json {
  const sent = storable('payload', payload);
  const bytes = Buffer.byteLength(JSON.stringify(sent));
  if (bytes > payloadBytesMax) {
    throw new CommandError(
      'BAD_INPUT',
      `payload: it has ${bytes} bytes as JSON, and ${payloadBytesMax} are allowed; send a reference instead.`,
    );
  }
  const parsed = schema.safeParse(payload);
  if (!parsed.success) throw badInput('payload', parsed.error);
  return storable('payload', parsed.data);
}
