'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { compareHref } from '@/features/compare/pairing.ts';
import { useTRPCClient } from '@/lib/trpc.ts';

type Client = ReturnType<typeof useTRPCClient>;

const ends = new Set(['SagaCompleted', 'SagaCompensated', 'SagaResolved', 'SagaStuck']);
/** Without a worker nothing ends; the demo then shows two orders that wait. */
const waitedMsMax = 5_000;

/**
 * The same order twice: one goes through, then one whose card is declined. Both clicks of a double
 * click get the same two orders.
 */
export function useDemo() {
  const client = useTRPCClient();
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: async () => {
      const order = await anyOrder(client);
      const good = await client.orders.place.mutate({ ...order, idempotencyKey: `${key}/good` });
      // The fault is for the next charge, which must be the other order's.
      await untilEnded(client, good.sagaId);
      await client.faults.set.mutate({
        service: 'payment',
        operation: 'payment.charge',
        kind: 'reject',
        nextCalls: 1,
      });
      const failing = await client.orders.place.mutate({
        ...order,
        idempotencyKey: `${key}/failing`,
        correlationId: good.sagaId,
      });
      return compareHref(good.sagaId, failing.sagaId);
    },
    onSuccess: (href) => router.push(href),
  });
}

async function anyOrder(client: Client) {
  const [products, accounts] = await Promise.all([
    client.catalog.list.query(),
    client.catalog.accounts.query(),
  ]);
  const sku = products[0]?.sku;
  const customerId = accounts[0]?.customerId;
  if (!sku || !customerId) {
    throw new Error('There is nothing to sell yet. Run the seed, then try again.');
  }
  return { customerId, lines: [{ sku, quantity: 1 }], style: 'orchestration' as const };
}

/** Until its log says so; what cannot be heard is not waited for. */
function untilEnded(client: Client, sagaId: string): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(stop, waitedMsMax);
    const watch = client.sagas.watch.subscribe(
      { sagaId },
      {
        onData: ({ data }) => {
          if (ends.has(data.type)) stop();
        },
        onError: stop,
      },
    );
    function stop() {
      clearTimeout(timer);
      watch.unsubscribe();
      resolve();
    }
  });
}
