'use client';

import './order-form.css';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/lib/trpc.ts';
import { Failure, Skeleton } from '@/ui/states.tsx';
import type { StyleChoice } from './draft.ts';
import { OrderForm } from './order-form.tsx';

export function OrderPage({ style }: { style: StyleChoice }) {
  const trpc = useTRPC();
  const products = useQuery(trpc.catalog.list.queryOptions());
  const accounts = useQuery(trpc.catalog.accounts.queryOptions());
  const error = products.error ?? accounts.error;
  return (
    <div className="order-page">
      <h1>Place an order</h1>
      <p className="intro">
        One order, one saga: five steps forward, three of them with a counter-step.
      </p>
      {error && (
        <Failure
          error={error}
          retry={() => {
            void products.refetch();
            void accounts.refetch();
          }}
        />
      )}
      {products.data && accounts.data ? (
        <OrderForm style={style} products={products.data} accounts={accounts.data} />
      ) : (
        !error && (
          <section className="card">
            <Skeleton rows={8} height={44} />
          </section>
        )
      )}
    </div>
  );
}
