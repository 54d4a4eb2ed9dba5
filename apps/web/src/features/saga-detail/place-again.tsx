'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { readOrder } from '@/lib/order-input.ts';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { useToast } from '@/ui/toast.tsx';

/** The same lines as a new order under a new key; two clicks still give one. */
export function PlaceAgain({ saga }: { saga: Saga }) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const order = readOrder(saga.input);
  const place = useMutation(
    trpc.orders.place.mutationOptions({
      onSuccess: ({ sagaId }) => router.push(`/sagas/${sagaId}`),
      onError: (error) =>
        toast({ icon: 'cross', title: 'Nothing was placed', detail: error.message }),
    }),
  );
  if (!order) return null;

  function again() {
    if (!order) return;
    const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
    const { style, id: correlationId } = saga;
    place.mutate({ customerId: order.customerId, lines, style, idempotencyKey, correlationId });
  }

  return (
    <li>
      <button type="button" className="o" onClick={again}>
        <Icon name="plus" />
        <b>Place this order again</b>
        <small>A new saga with a new key and the same lines.</small>
      </button>
    </li>
  );
}
