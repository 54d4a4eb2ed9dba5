import type { Profile, SampleTable } from './profile.ts';

/**
 * Statements that write so many orders, each a transaction of its own, with rows that the server makes
 * itself from the sample: no row travels, nothing is decided, nothing is waited for. $1 is the time in
 * ms, $2 the number of the client; together they make ids that nobody else makes.
 */
export function statementsOf(profile: Profile, orders: number): string[] {
  const [accept, ...flushes] = profile.writes;
  if (!accept) throw new Error('The product wrote no log.');
  const statements = inBatches(orders, accept.batch, acceptSql);
  const last = flushes.length - 1;
  for (const [place, { seqs, batch }] of flushes.entries()) {
    const flush = (range: Range) => {
      // The first one is made with the claim.
      const claim = place === 0 ? claiming(range) : undefined;
      return flushSql(range, seqs, { ...claim, isLast: place === last });
    };
    statements.push(...inBatches(orders, batch, flush));
    const operation = profile.operations[place];
    if (!operation) continue;
    const { schema, step } = operation;
    statements.push(...inBatches(orders, operation.batch, (r) => operationSql(r, schema, step)));
  }
  return statements;
}

/** Orders of one transaction, by their numbers. */
interface Range {
  readonly from: number;
  readonly to: number;
}

function inBatches(orders: number, batch: number, sql: (range: Range) => string): string[] {
  const size = Math.max(1, Math.round(batch));
  return Array.from({ length: Math.ceil(orders / size) }, (_, n) =>
    sql({ from: n * size + 1, to: Math.min(orders, (n + 1) * size) }),
  );
}

/** Made once in the database: ids that are time-ordered, as the product's own are. */
export const idFunctionSql = `
create function public.id_of(kind text, ms bigint, client int, n int) returns uuid immutable language sql return (
  lpad(to_hex(ms), 12, '0') || '7' || lpad(to_hex(client), 3, '0') || kind || '000' || lpad(to_hex(n), 12, '0'))::uuid`;

const sagaId = `public.id_of('8', $1::bigint, $2::int, n)`;
const orderId = `public.id_of('9', $1::bigint, $2::int, n)`;

const numbers = ({ from, to }: Range) => `generate_series(${from}, ${to}) n`;
const idsOf = (range: Range, id: string) => `any(array(select ${id} from ${numbers(range)}))`;

export const sampleName = (table: SampleTable): string =>
  `public.sample_${table.replace('.', '_')}`;

/** Columns of a table whose values are not the sample's. Those that are left out get their defaults. */
const columns: Readonly<Record<SampleTable, string>> = {
  'saga.instance': 'definition, version, style, input, subject, correlation_id',
  'saga.event': 'seq, type, step, attempt, data, actor',
  'orders.effect': 'step, direction, generation, hash, outcome, result, not_after',
  'orders.customer_order': 'customer_id, total',
  'orders.order_line': 'position, sku, quantity, unit_price',
  'inventory.effect': 'step, direction, generation, hash, outcome, result, not_after',
  'inventory.reservation': 'sku, quantity, status',
  'payment.effect': 'step, direction, generation, hash, outcome, result, not_after',
  'payment.payment': 'payment_id, customer_id, amount, refunded, token',
  'shipment.effect': 'step, direction, generation, hash, outcome, result, not_after',
  'shipment.shipment': 'tracking_code, units',
};

interface Insert {
  readonly table: SampleTable;
  /** Columns with the values that they get beside the sample's. */
  readonly set: Readonly<Record<string, string>>;
  readonly where?: string;
}

function insertSql(range: Range, { table, set, where = 'true' }: Insert): string {
  const names = [...Object.keys(set), columns[table]].join(', ');
  const values = [...Object.values(set), columns[table]].join(', ');
  return `insert into ${table} (${names}) select ${values} from ${numbers(range)}, ${sampleName(table)} where ${where}`;
}

function events(range: Range, seqs: readonly number[]): string {
  const where = `seq in (${seqs.join(', ')})`;
  return insertSql(range, { table: 'saga.event', set: { saga_id: sagaId }, where });
}

function acceptSql(range: Range): string {
  const set = {
    id: sagaId,
    business_key: `${orderId}::text`,
    status: `'pending'`,
    seq: '1',
    summary: `json_build_object('steps', json_build_object())`,
  };
  const instances = insertSql(range, { table: 'saga.instance', set });
  return `with i as (${instances}), e as (${events(range, [1])})
insert into saga.ready (saga_id, run_at, definition_key)
select ${sagaId}, clock_timestamp(), 'place-order@1' from ${numbers(range)}`;
}

/** What a claim adds to the write that is made with it. */
const claiming = (range: Range) => ({
  set: `, owner = ${sagaId.replace(', n)', ', 0)')}, fence = i.fence + 1`,
  before: `r as (delete from saga.ready where saga_id = ${idsOf(range, sagaId)}), `,
});

interface FlushKind {
  readonly set?: string;
  readonly before?: string;
  readonly isLast: boolean;
}

function flushSql(
  range: Range,
  seqs: readonly number[],
  { set = '', before = '', isLast }: FlushKind,
): string {
  const end = isLast ? `, owner = null, finished_at = clock_timestamp()` : '';
  return `with ${before}u as (update saga.instance i set seq = ${Math.max(...seqs)}, status = '${isLast ? 'completed' : 'running'}', summary = s.summary, updated_at = clock_timestamp()${set}${end}
  from ${sampleName('saga.instance')} s where i.id = ${idsOf(range, sagaId)})
${events(range, seqs)}`;
}

function operationSql(range: Range, schema: string, step: string): string {
  const table = `${schema}.effect` as SampleTable;
  const effect = insertSql(range, { table, set: { saga_id: sagaId }, where: `step = '${step}'` });
  return `with ${domainSql(range, step)}\n${effect}`;
}

/** What the operation of a step does to its service's own rows. */
function domainSql(range: Range, step: string): string {
  const both = { saga_id: sagaId, order_id: orderId };
  switch (step) {
    case 'order.create': {
      const set = { id: orderId, saga_id: sagaId, status: `'pending'` };
      const lines = { table: 'orders.order_line', set: { order_id: orderId } } as const;
      return `o as (${insertSql(range, { table: 'orders.customer_order', set })}), l as (${insertSql(range, lines)})`;
    }
    case 'inventory.reserve':
      return `r as (${insertSql(range, { table: 'inventory.reservation', set: both })}), s as (
  update inventory.stock s set reserved = reserved + ${range.to - range.from + 1} * l.quantity
    from ${sampleName('inventory.reservation')} l where l.sku = s.sku)`;
    case 'payment.charge':
      return `p as (${insertSql(range, { table: 'payment.payment', set: both })})`;
    case 'shipment.initiate':
      return `p as (${insertSql(range, { table: 'shipment.shipment', set: both })})`;
    case 'order.confirm':
      return `c as (update orders.customer_order set status = 'confirmed' where id = ${idsOf(range, orderId)})`;
    default:
      throw new Error(`What ${step} writes is not known.`);
  }
}
