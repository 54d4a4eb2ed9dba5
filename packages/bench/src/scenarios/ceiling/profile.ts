import type { Pool } from '@counterstep/db/tx';
import { placeOrderSaga } from '@counterstep/services/place-order';
import type { Site } from '../../site.ts';

/** What the product wrote for its orders, and how many orders each of its transactions wrote for. */
export interface Profile {
  /** Transactions that wrote the log, in their order; the first one accepts. */
  readonly writes: readonly Write[];
  /** Operations of the services, in the order of the steps. */
  readonly operations: readonly Operation[];
  /** All rows of one order of the usual size, as JSON, by table. */
  readonly sample: Readonly<Record<SampleTable, string>>;
}

interface Write {
  /** Sequences of the events that it wrote of each order. */
  readonly seqs: readonly number[];
  /** Orders in one such transaction, on average. */
  readonly batch: number;
}

interface Operation {
  readonly schema: string;
  readonly step: string;
  readonly batch: number;
}

const whereSaga = {
  'saga.instance': 'id = $1',
  'saga.event': 'saga_id = $1',
  'orders.effect': 'saga_id = $1',
  'orders.customer_order': 'saga_id = $1',
  'orders.order_line': 'order_id = (select id from orders.customer_order where saga_id = $1)',
  'inventory.effect': 'saga_id = $1',
  'inventory.reservation': 'saga_id = $1',
  'payment.effect': 'saga_id = $1',
  'payment.payment': 'saga_id = $1',
  'shipment.effect': 'saga_id = $1',
  'shipment.shipment': 'saga_id = $1',
} as const;

export type SampleTable = keyof typeof whereSaga;
export const sampleTables = Object.keys(whereSaga) as readonly SampleTable[];

/** Orders have one to three lines. */
const usualLines = 2;

/** Reads it from the rows that finished orders have left: each bears its transaction. */
export async function readProfile({ saga }: Site, owner: Pool): Promise<Profile> {
  const [chosen] = await saga.query<{ id: string }>(
    `select id from saga.instance
      where status = 'completed' and json_array_length(input -> 'lines') = $1
        and seq = (select mode() within group (order by seq) from saga.instance where status = 'completed')
      order by id limit 1`,
    [usualLines],
  );
  if (!chosen) throw new Error('No order of the usual size has completed.');
  const rows = await Promise.all(
    sampleTables.map(async (table) => {
      const [row] = await owner.query<{ json: string }>(
        `select jsonb_agg(to_jsonb(t))::text as json from ${table} t where ${whereSaga[table]}`,
        [chosen.id],
      );
      return [table, row?.json ?? '[]'] as const;
    }),
  );
  return {
    writes: await readWrites(owner, chosen.id),
    operations: (await Promise.all(schemas.map((schema) => readOperations(owner, schema))))
      .flat()
      .toSorted((a, b) => order.indexOf(a.step) - order.indexOf(b.step)),
    sample: Object.fromEntries(rows) as Record<SampleTable, string>,
  };
}

const schemas = ['orders', 'inventory', 'payment', 'shipment'];
const order = placeOrderSaga.steps.map(({ name }) => name);

async function readWrites(owner: Pool, sagaId: string): Promise<Write[]> {
  const sizes = await owner.query<{ batch: number }>(
    `select count(*)::float8 / count(distinct xid) as batch
       from (select saga_id, xid, dense_rank() over (partition by saga_id order by xid) as place
               from saga.event group by saga_id, xid) written
      group by place order by place`,
  );
  const groups = await owner.query<{ seqs: string }>(
    `select array_to_json(array_agg(seq order by seq))::text as seqs
       from saga.event where saga_id = $1 group by xid order by min(seq)`,
    [sagaId],
  );
  return groups.map(({ seqs }, place) => ({
    seqs: JSON.parse(seqs) as number[],
    batch: sizes[place]?.batch ?? 1,
  }));
}

function readOperations(owner: Pool, schema: string): Promise<Operation[]> {
  return owner.query<Operation>(
    `select $1::text as schema, step, count(*)::float8 / count(distinct xmin::text) as batch
       from ${schema}.effect group by step`,
    [schema],
  );
}
