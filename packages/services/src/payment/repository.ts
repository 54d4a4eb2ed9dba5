import type { Statement, Tx } from '@counterstep/db/tx';
import type { Capture, Refund } from './domain.ts';

/** Limits by customer; those without an account are missing. */
export async function readLimits(
  tx: Tx,
  customerIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ customer_id: string; payment_limit: number }>(
    'select customer_id, payment_limit from account where customer_id = any($1::text[])',
    [[...new Set(customerIds)]],
  );
  return new Map(rows.map((row) => [row.customer_id, row.payment_limit]));
}

/** Stores captured payments. */
export function insertPayments(captures: readonly Capture[]): Statement[] {
  const text = `insert into payment (saga_id, payment_id, order_id, customer_id, amount, token)
    select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::text[])`;
  const params = [
    captures.map((capture) => capture.sagaId),
    captures.map((capture) => capture.paymentId),
    captures.map((capture) => capture.orderId),
    captures.map((capture) => capture.customerId),
    captures.map((capture) => capture.amount),
    captures.map((capture) => capture.token),
  ];
  return [{ text, params, rows: captures.length }];
}

/** Locks payments in saga order, before they are refunded. */
export async function lockPayments(tx: Tx, sagaIds: readonly string[]): Promise<void> {
  await tx.query(
    'select 1 from payment where saga_id = any($1::uuid[]) order by saga_id for update',
    [sagaIds],
  );
}

/** Marks payments as refunded, each once and by the captured amount. The array keeps the plan on the key. */
export function refundPayments(refunds: readonly Refund[]): Statement[] {
  const text = `update payment p set refunded = r.amount
     from unnest($1::uuid[], $2::int[]) as r (saga_id, amount)
    where p.saga_id = r.saga_id and p.saga_id = any($1::uuid[])
      and p.refunded = 0 and p.amount = r.amount`;
  const params = [refunds.map((refund) => refund.sagaId), refunds.map((refund) => refund.amount)];
  return [{ text, params, rows: refunds.length }];
}
