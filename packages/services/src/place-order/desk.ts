import { appendMessages } from '@counterstep/db/bus';
import { acceptSagas } from '@counterstep/db/store';
import { flowsOf, foldMessages, type Memory } from '@counterstep/db/tracker';
import type { Pool, Tx } from '@counterstep/db/tx';
import type { Message } from '@counterstep/saga-core/choreography';
import { hashOf } from '@counterstep/saga-core/participant';
import { pricesOf } from '../catalogue.ts';
import type { ServiceDatabases } from '../databases.ts';
import { RequestError } from '../errors.ts';
import { type OrderInput, orderRequested } from '../order/contract.ts';
import { placeOrderChoreography } from './choreography.ts';
import { placeOrderSaga } from './definition.ts';
import { uuidOf, uuidV7 } from './ids.ts';

/** Where orders are taken. */
export interface Desk {
  /** The saga schema. */
  readonly saga: Pool;
  readonly databases: ServiceDatabases;
  /** That of the tracker in the same process: what is folded here it need not read again. */
  readonly memory?: Memory;
}

export type OrderStyle = 'orchestration' | 'choreography';

export interface OrderRequest {
  readonly customerId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly style: OrderStyle;
  /** The same key with the same request gives the same order, however often it is sent. */
  readonly idempotencyKey?: string;
  /** Sagas that belong together are found by it. */
  readonly correlationId?: string;
}

export interface PlacedOrder {
  readonly orderId: string;
  readonly sagaId: string;
  /** The key was known: this is the order that it stands for. */
  readonly duplicate: boolean;
}

/** One order with everything settled but its acceptance. */
export interface PreparedOrder {
  readonly sagaId: string;
  readonly style: OrderStyle;
  readonly input: OrderInput;
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
}

/** The ids that a customer's key stands for, known before the order is placed; new ones without a key. */
export function idsOf(
  customerId: string,
  key: string | undefined,
): { readonly sagaId: string; readonly orderId: string } {
  return key === undefined
    ? { sagaId: uuidV7(), orderId: uuidV7() }
    : { sagaId: uuidOf('saga', customerId, key), orderId: uuidOf('order', customerId, key) };
}

const flows = flowsOf([placeOrderChoreography]);

/**
 * Takes an order: looks up the prices and starts its saga in the chosen style. When it returns, the
 * order is durable and will end completed, compensated or in front of an operator.
 *
 * @throws RequestError UNKNOWN_SKU for a product that does not exist, KEY_REUSED for a key that stands
 * for another request
 */
export async function placeOrder(desk: Desk, request: OrderRequest): Promise<PlacedOrder> {
  const { customerId, style, idempotencyKey: key, correlationId } = request;
  const { sagaId, orderId } = idsOf(customerId, key);
  if (key !== undefined && (await isKnown(desk, request, key))) {
    return { orderId, sagaId, duplicate: true };
  }
  const prices = await pricesOf(
    desk.databases,
    request.lines.map((line) => line.sku),
  );
  const input = orderOf(orderId, request, prices);
  const prepared = {
    sagaId,
    style,
    input,
    ...(key !== undefined && { idempotencyKey: key }),
    ...(correlationId !== undefined && { correlationId }),
  };
  const isNew = await desk.saga.transaction(async (tx) => {
    if (key !== undefined && !(await claimKey(tx, request, key, sagaId))) return false;
    if (style === 'orchestration') await accept(tx, [prepared]);
    return true;
  });
  // The other call with this key may have ended between its two databases: finish its work.
  if (style === 'choreography') await publish(desk, [prepared]);
  if (key !== undefined && style === 'choreography') await acknowledge(desk, request, key);
  if (style === 'orchestration') wake(desk, 'ready');
  return { orderId, sagaId, duplicate: !isNew };
}

/** The request at given prices; its lines in the order in which they came. */
export function orderOf(
  orderId: string,
  { customerId, lines }: Pick<OrderRequest, 'customerId' | 'lines'>,
  prices: ReadonlyMap<string, number>,
): OrderInput {
  const priced = lines.map(({ sku, quantity }) => {
    const unitPrice = prices.get(sku);
    if (unitPrice === undefined)
      throw new RequestError('UNKNOWN_SKU', `There is no product ${sku}.`);
    return { sku, quantity, unitPrice };
  });
  const total = priced.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);
  return { orderId, customerId, lines: priced, total };
}

/** Accepts orchestrated sagas in the caller's transaction; those that are there already stay. */
export async function accept(tx: Tx, orders: readonly PreparedOrder[]): Promise<void> {
  const sagas = orders.map(({ style: _style, ...order }) => ({ actor: 'api', ...order }));
  await acceptSagas(tx, placeOrderSaga, 'orchestration', sagas);
}

/**
 * Accepts choreographed sagas: their first message goes into Order's outbox, once. The tracker is
 * told at once, so that the saga is there to be looked at; if that fails it reads the outbox anyway.
 */
export async function publish(desk: Desk, orders: readonly PreparedOrder[]): Promise<void> {
  const messages = orders.map(requestedMessage);
  const appended = await desk.databases.order.transaction((tx) => appendMessages(tx, messages));
  wake(desk, 'outbox');
  const times = new Map(appended.map(({ messageId, at }) => [messageId, at]));
  const fresh = messages.flatMap((message) => {
    const at = times.get(message.messageId);
    return at === undefined ? [] : [{ at, ...message }];
  });
  await foldMessages(desk.saga, flows, fresh, { memory: desk.memory }).catch(() => undefined);
}

function requestedMessage({
  sagaId,
  input,
  idempotencyKey,
  correlationId,
}: PreparedOrder): Message {
  const { name, version } = placeOrderSaga;
  return {
    messageId: uuidOf('OrderRequested', sagaId),
    type: orderRequested.type,
    version: orderRequested.version,
    service: orderRequested.service,
    sagaId,
    causationId: null,
    depth: 0,
    definition: name,
    definitionVersion: version,
    epoch: 0,
    step: 'order.create',
    report: { kind: 'accepted', input },
    data: { order: input },
    correlationId: correlationId ?? null,
    idempotencyKey: idempotencyKey ?? null,
  };
}

/** What the client asked for, apart from prices, which may change between two calls. */
function requestHash({ customerId, lines, style }: OrderRequest): string {
  return hashOf({
    customerId,
    style,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
  });
}

const keyOf = (request: OrderRequest, key: string): string => `${request.customerId}/${key}`;

/** Whether the key's order has been taken already; orchestrated ones need no more than that. */
async function isKnown(desk: Desk, request: OrderRequest, key: string): Promise<boolean> {
  const [row] = await desk.saga.query<{ request_hash: string; exists: boolean }>(
    `select k.request_hash, i.id is not null as exists
       from saga.idempotency k left join saga.instance i on i.id = k.saga_id where k.key = $1`,
    [keyOf(request, key)],
  );
  if (row) assertSame(row.request_hash, request, key);
  return row?.exists ?? false;
}

/** Binds the key to this request; false when it was bound to the same one before. */
async function claimKey(
  tx: Tx,
  request: OrderRequest,
  key: string,
  sagaId: string,
): Promise<boolean> {
  const stored = keyOf(request, key);
  const inserted = await tx.query(
    `insert into saga.idempotency (key, saga_id, request_hash, acknowledged_at)
     values ($1, $2, $3, case when $4 then clock_timestamp() end)
     on conflict (key) do nothing returning 1`,
    // An orchestrated saga is accepted by the same commit; a choreographed one in another database.
    [stored, sagaId, requestHash(request), request.style === 'orchestration'],
  );
  if (inserted.length > 0) return true;
  const [row] = await tx.query<{ request_hash: string }>(
    'select request_hash from saga.idempotency where key = $1',
    [stored],
  );
  if (row) assertSame(row.request_hash, request, key);
  return false;
}

/** Before the client is told. */
async function acknowledge(desk: Desk, request: OrderRequest, key: string): Promise<void> {
  await desk.saga.query(
    `update saga.idempotency set acknowledged_at = clock_timestamp()
      where key = $1 and acknowledged_at is null`,
    [keyOf(request, key)],
  );
}

function assertSame(stored: string, request: OrderRequest, key: string): void {
  if (stored === requestHash(request)) return;
  throw new RequestError(
    'KEY_REUSED',
    `The idempotency key "${key}" stands for another order of ${request.customerId}; use a new key.`,
  );
}

function wake(desk: Desk, topic: 'ready' | 'outbox'): void {
  // A lost wake-up costs latency only: workers poll.
  desk.saga.query(`select pg_notify('counterstep', $1)`, [topic]).catch(() => undefined);
}
