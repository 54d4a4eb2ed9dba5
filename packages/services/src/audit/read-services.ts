import type { Pool } from '@counterstep/db/tx';
import { ask } from './ask.ts';
import { asColumns, type Columns, rowsOf } from './columns.ts';
import type {
  EffectFacts,
  OrderFacts,
  PaymentFacts,
  ReservationFacts,
  ShipmentFacts,
} from './facts.ts';
import { conditionOn, paramsOf, type Selection } from './selection.ts';

/** A row of one saga. */
export type Of<Facts> = Facts & { readonly sagaId: string };

/** Rows and effects of one service as they were at one moment. */
export interface ServiceRows<Facts> {
  readonly rows: readonly Of<Facts>[];
  readonly effects: readonly Of<EffectFacts>[];
}

type Condition = (column: string) => string;

const effectColumns = ['sagaId', 'step', 'direction', 'outcome', 'result'] as const;

/** Answers that an invariant compares with rows; the others are long, and nobody asks for them. */
const effectsSql = (condition: Condition): string =>
  `select saga_id as "sagaId", step, direction, outcome,
          case when direction = 'action' and step in ('inventory.reserve', 'payment.charge')
               then result end as result
     from effect where ${condition('saga_id')}`;

/** A read of one service's rows, whatever sagas are asked for. */
const reader =
  <Facts extends object>(
    columns: readonly (keyof Of<Facts> & string)[],
    rowsSql: (condition: Condition) => string,
  ) =>
  async (pool: Pool, selection: Selection): Promise<ServiceRows<Facts>> => {
    const condition = conditionOn(selection);
    // One statement, so that rows and effects are of the same moment.
    const [read] = await ask<{ rows: Columns; effects: Columns }>(
      pool,
      "a service's rows",
      `select ${asColumns(columns, rowsSql(condition))} as rows,
              ${asColumns(effectColumns, effectsSql(condition))} as effects`,
      paramsOf(selection),
    );
    return {
      rows: rowsOf<Of<Facts>>(columns, read?.rows ?? []),
      effects: rowsOf<Of<EffectFacts>>(effectColumns, read?.effects ?? []),
    };
  };

export const readOrders = reader<OrderFacts>(
  ['sagaId', 'id', 'total', 'status', 'linesTotal'],
  (condition) =>
    `select o.saga_id as "sagaId", o.id, o.total, o.status,
            (select coalesce(sum(l.quantity * l.unit_price), 0)::int
               from order_line l where l.order_id = o.id) as "linesTotal"
       from customer_order o where ${condition('o.saga_id')}`,
);

export const readReservations = reader<ReservationFacts>(
  ['sagaId', 'sku', 'quantity', 'status'],
  (condition) =>
    `select saga_id as "sagaId", sku, quantity, status from reservation
      where ${condition('saga_id')} order by saga_id, sku`,
);

export const readPayments = reader<PaymentFacts>(
  ['sagaId', 'amount', 'refunded'],
  (condition) =>
    `select saga_id as "sagaId", amount, refunded from payment where ${condition('saga_id')}`,
);

export const readShipments = reader<ShipmentFacts>(
  ['sagaId', 'trackingCode'],
  (condition) =>
    `select saga_id as "sagaId", tracking_code as "trackingCode" from shipment
      where ${condition('saga_id')}`,
);
