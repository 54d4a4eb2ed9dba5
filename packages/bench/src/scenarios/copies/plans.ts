/** What columns of a table name: a saga, an order, or an order as text. All others are copied as they are. */
export type Names = Readonly<Record<string, 'saga' | 'order' | 'order text'>>;

export interface CopyPlan {
  /** Tables, and what their columns name. */
  readonly tables: Readonly<Record<string, Names>>;
  /** Each copy is that much older than the one before it; 0: all are of the same age. */
  readonly ageMsPerCopy: number;
}

/** Everything that an orchestrated order has left behind when it has ended. */
export const endedOrders: CopyPlan = {
  ageMsPerCopy: 10_000,
  tables: {
    'saga.instance': { id: 'saga', business_key: 'order text' },
    'saga.event': { saga_id: 'saga' },
    'orders.effect': { saga_id: 'saga' },
    'orders.customer_order': { id: 'order', saga_id: 'saga' },
    'orders.order_line': { order_id: 'order' },
    'inventory.effect': { saga_id: 'saga' },
    'inventory.reservation': { saga_id: 'saga', order_id: 'order' },
    'payment.effect': { saga_id: 'saga' },
    'payment.payment': { saga_id: 'saga', order_id: 'order' },
    'shipment.effect': { saga_id: 'saga' },
    'shipment.shipment': { saga_id: 'saga', order_id: 'order' },
  },
};

/** What a saga without a service's rows has in the tables while it waits, its time among it. */
export const waitingSagas: CopyPlan = {
  ageMsPerCopy: 0,
  tables: {
    'saga.instance': { id: 'saga' },
    'saga.event': { saga_id: 'saga' },
    'saga.ready': { saga_id: 'saga' },
  },
};
