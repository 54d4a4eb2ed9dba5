import type { ServiceDatabases } from './databases.ts';

export { defaultPaymentLimit } from './payment/domain.ts';

/** A known customer, and what one charge may be at the most (minor units). */
export interface Account {
  readonly customerId: string;
  readonly paymentLimit: number;
}

/** Customers with a limit of their own; everybody else has `defaultPaymentLimit`. */
export function listAccounts({ payment }: Pick<ServiceDatabases, 'payment'>): Promise<Account[]> {
  return payment.query<Account>(
    `select customer_id as "customerId", payment_limit as "paymentLimit"
       from account order by customer_id`,
  );
}
