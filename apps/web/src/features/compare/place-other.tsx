'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { readOrder } from '@/lib/order-input.ts';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { useToast } from '@/ui/toast.tsx';
import { compareHref } from './pairing.ts';

/** The same lines in the other style, and straight to both; two clicks still give one order. */
export function PlaceOther({ saga }: { saga: Saga }) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const style = saga.style === 'orchestration' ? 'choreography' : 'orchestration';
  const order = readOrder(saga.input);
  const place = useMutation(
    trpc.orders.place.mutationOptions({
      onSuccess: ({ sagaId }) => router.push(compareHref(saga.id, sagaId)),
      onError: (error) =>
        toast({ icon: 'cross', title: 'Nothing was placed', detail: error.message }),
    }),
  );
  if (!order) return null;
  const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return (
    <button
      type="button"
      className="btn sm primary"
      onClick={() =>
        place.mutate({
          customerId: order.customerId,
          lines,
          style,
          idempotencyKey,
          correlationId: saga.id,
        })
      }
    >
      <Icon name={style === 'orchestration' ? 'hub' : 'chain'} />
      Place it in {style}
    </button>
  );
}
