'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Empty, Failure } from '@/ui/states.tsx';

/** Two orders: one that goes through, one whose card is declined, so that both ways can be seen. */
export function EmptyOverview() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const products = useQuery(trpc.catalog.list.queryOptions());
  const accounts = useQuery(trpc.catalog.accounts.queryOptions());

  const demo = useMutation({
    mutationFn: async () => {
      const sku = products.data?.[0]?.sku;
      const customerId = accounts.data?.[0]?.customerId;
      if (!sku || !customerId)
        throw new Error('There is nothing to sell yet. Run the seed, then try again.');
      const order = { customerId, lines: [{ sku, quantity: 1 }], style: 'orchestration' as const };
      await client.orders.place.mutate(order);
      await client.faults.set.mutate({
        service: 'payment',
        operation: 'payment.charge',
        kind: 'reject',
        nextCalls: 1,
      });
      await client.orders.place.mutate(order);
    },
    onSuccess: () => router.push('/sagas?tab=all'),
  });

  return (
    <section className="card demo" aria-label="Nothing here yet">
      <Empty
        action={
          <button
            type="button"
            className="btn primary"
            disabled={demo.isPending}
            onClick={() => demo.mutate()}
          >
            <Icon name="play" />
            Run the demo
          </button>
        }
      >
        No sagas yet. The demo places one good and one failing order, so that you see both ways.
      </Empty>
      {demo.error && <Failure error={demo.error} />}
    </section>
  );
}
