import type { Queryable } from '@counterstep/db/tx';
import type { OrderLine } from '../order/contract.ts';
import type { OrderStatus } from '../order/domain.ts';
import type { WrittenBy } from './rows.ts';

/** The order itself; money in minor units of EUR. */
export interface OrderEntry {
  readonly orderId: string;
  readonly customerId: string;
  readonly lines: readonly OrderLine[];
  readonly currency: 'EUR';
  readonly total: number;
  readonly status: OrderStatus;
  readonly at: string;
  readonly writtenBy: WrittenBy;
}

interface OrderRow {
  readonly id: string;
  readonly customer_id: string;
  readonly total: number;
  readonly status: OrderStatus;
  readonly created_at: Date;
  readonly lines: readonly OrderLine[];
}

/** One statement, since an order and its lines are one thing. */
export async function orderEntry(db: Queryable, sagaId: string): Promise<OrderEntry | null> {
  const [row] = await db.query<OrderRow>(
    `select o.id, o.customer_id, o.total, o.status, o.created_at,
            coalesce((select jsonb_agg(jsonb_build_object('sku', l.sku, 'quantity', l.quantity,
                                                          'unitPrice', l.unit_price) order by l.position)
                        from order_line l where l.order_id = o.id), '[]') as lines
       from customer_order o where o.saga_id = $1`,
    [sagaId],
  );
  if (!row) return null;
  return {
    orderId: row.id,
    customerId: row.customer_id,
    lines: row.lines,
    currency: 'EUR',
    total: row.total,
    status: row.status,
    at: row.created_at.toISOString(),
    writtenBy: writers[row.status],
  };
}

const writers = {
  pending: { step: 'order.create', direction: 'action' },
  confirmed: { step: 'order.confirm', direction: 'action' },
  cancelled: { step: 'order.create', direction: 'compensation' },
} as const satisfies Record<OrderStatus, WrittenBy>;
