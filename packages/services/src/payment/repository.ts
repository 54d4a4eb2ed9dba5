import type { Tx } from '@counterstep/db/tx';
import { expectRows } from '../rows.ts';
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

/** Stores captured payments. One that is there already was written by a faster batch. */
export async function insertPayments(tx: Tx, captures: readonly Capture[]): Promise<void> {
  const rows = await tx.query(
    `insert into payment (saga_id, payment_id, order_id, customer_id, amount, token)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::text[])
     on conflict do nothing returning 1`,
    [
      captures.map((capture) => capture.sagaId),
      captures.map((capture) => capture.paymentId),
      captures.map((capture) => capture.orderId),
      captures.map((capture) => capture.customerId),
      captures.map((capture) => capture.amount),
      captures.map((capture) => capture.token),
    ],
  );
  expectRows(rows, captures.length, 'insert payments');
}

/** Locks payments in saga order, before they are refunded. */
export async function lockPayments(tx: Tx, sagaIds: readonly string[]): Promise<void> {
  await tx.query(
    'select 1 from payment where saga_id = any($1::uuid[]) order by saga_id for update',
    [sagaIds],
  );
}

/** Marks payments as refunded, each once and by the captured amount. The array keeps the plan on the key. */
export async function refundPayments(tx: Tx, refunds: readonly Refund[]): Promise<void> {
  const rows = await tx.query(
    `update payment p set refunded = r.amount
       from unnest($1::uuid[], $2::int[]) as r (saga_id, amount)
      where p.saga_id = r.saga_id and p.saga_id = any($1::uuid[]) and p.refunded = 0 and p.amount = r.amount returning 1`,
    [refunds.map((refund) => refund.sagaId), refunds.map((refund) => refund.amount)],
  );
  expectRows(rows, refunds.length, 'refund payments');
}
