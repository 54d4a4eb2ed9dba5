import { randomUUID } from 'node:crypto';
import { CommandError, operate, requestCancel } from '@counterstep/db/commands';
import { clearFaults, type Fault, setFault } from '@counterstep/db/faults';
import { idsOf, type OrderStyle } from '@counterstep/services/place-order';
import { sagas } from '@counterstep/services/sagas';
import type { createGently } from '../gently.ts';
import type { System } from '../system.ts';
import type { EquivalenceCase } from './case.ts';
import type { Lived } from './ending.ts';
import type { Seen, Watch } from '../watch.ts';

export interface Stage {
  readonly system: System;
  readonly watch: Watch;
  readonly gently: ReturnType<typeof createGently>;
}

/** One case in one style, prepared: its products are on the shelf and its faults are switched on. */
export interface Prepared {
  readonly planned: EquivalenceCase;
  readonly style: OrderStyle;
  readonly key: string;
  readonly skus: readonly string[];
  readonly faults: readonly Fault[];
}

const waitMsMax = 45_000;
const retriesMax = 6;

/** Products and faults of its own for each order, so that hundreds run side by side undisturbed. */
export async function prepare(
  { system }: Stage,
  planned: EquivalenceCase,
  style: OrderStyle,
): Promise<Prepared> {
  const key = randomUUID();
  const { orderId } = idsOf(planned.customerId, key);
  const skus = planned.lines.map((_, index) => `${key.slice(0, 13)}-${index}`);
  await system.databases.inventory.query(
    `insert into stock (sku, name, unit_price, on_hand)
     select sku, sku, unit_price, on_hand
       from unnest($1::text[], $2::int[], $3::int[]) as s (sku, unit_price, on_hand)`,
    [
      skus,
      planned.lines.map(({ unitPrice }) => unitPrice),
      planned.lines.map(({ onHand }) => onHand),
    ],
  );
  const faults: Fault[] = [];
  // One after another: of two rules for one operation the older is asked first.
  for (const { operation, kind, scope } of planned.faults) {
    const rule = { service: operation.split('.')[0] ?? '', operation, kind, orderId };
    faults.push(
      await setFault(system.saga, {
        ...rule,
        ...(kind === 'delay' && { delayMs: 300 }),
        ...(scope === 'once' && { nextCalls: 1 }),
      }),
    );
  }
  return { planned, style, key, skus, faults };
}

/**
 * Places the order and does what people do to it, until it has ended or stays stuck.
 *
 * @throws with the case and the log when it does not
 */
export async function live(stage: Stage, prepared: Prepared): Promise<Lived> {
  const { planned, style, key } = prepared;
  const { sagaId } = idsOf(planned.customerId, key);
  try {
    return await liveThrough(stage, prepared);
  } catch (error) {
    const events = await stage.system.log(sagaId);
    const log = events.map(({ type, step, attempt }) => `${type} ${step ?? ''} ${attempt ?? ''}`);
    const what = `${style}: ${JSON.stringify(planned)}\n${log.join('\n')}`;
    throw new Error(`${String(error)}\n${what}`, { cause: error });
  }
}

async function liveThrough(stage: Stage, prepared: Prepared): Promise<Lived> {
  const { planned, style, key, skus } = prepared;
  const { system, watch, gently } = stage;
  const lines = planned.lines.map(({ quantity }, n) => ({ sku: skus[n] ?? '', quantity }));
  const { customerId } = planned;
  const request = { style, idempotencyKey: key, customerId, lines };
  const { sagaId } = await gently(() => system.place(request));
  const isCancelRefused = planned.cancel ? !(await cancel(stage, sagaId, planned.cancel)) : false;
  const end = await watch.until(sagaId, isOver, waitMsMax);
  if (planned.isRetried && end.status === 'stuck') await retry(stage, prepared, sagaId);
  return { sagaId, skus, isCancelRefused };
}

const isEnd = ({ status }: Seen): boolean =>
  ['completed', 'compensated', 'resolved', 'stuck'].includes(status);

/** A letter that waits may still change what looks like an end. */
const isOver = (seen: Seen): boolean => isEnd(seen) && !seen.ready;

/** Returns whether the cancel was taken. */
async function cancel(
  { system, watch, gently }: Stage,
  sagaId: string,
  when: NonNullable<EquivalenceCase['cancel']>,
): Promise<boolean> {
  await watch.until(
    sagaId,
    (seen) => when === 'at-once' || seen.begun.includes(when) || isEnd(seen),
    waitMsMax,
  );
  const ask = { sagaId, reason: 'changed my mind', actor: 'customer' };
  return accepted(gently(() => requestCancel(system.saga, ask)));
}

/** The cause is removed, then it is said again until the saga is over: it may get stuck at the next step. */
async function retry(
  { system, watch, gently }: Stage,
  prepared: Prepared,
  sagaId: string,
): Promise<void> {
  for (const { id } of prepared.faults) await gently(() => clearFaults(system.saga, { id }));
  for (let retries = 0; retries < retriesMax; retries += 1) {
    const { status, seq } = await watch.until(sagaId, isOver, waitMsMax);
    if (status !== 'stuck') return;
    const act = { sagaId, reason: 'mended', actor: 'operator', expectedSeq: seq };
    await accepted(gently(() => operate(system.saga, sagas.find, { ...act, action: 'retry' })));
  }
  throw new Error(`Saga ${sagaId} is stuck after ${retriesMax} retries without a fault.`);
}

/** False when the command was refused; whoever has seen an old state looks again. */
async function accepted(command: Promise<unknown>): Promise<boolean> {
  try {
    await command;
    return true;
  } catch (error) {
    if (error instanceof CommandError && ['NOT_ALLOWED', 'CONFLICT'].includes(error.code)) {
      return false;
    }
    throw error;
  }
}
