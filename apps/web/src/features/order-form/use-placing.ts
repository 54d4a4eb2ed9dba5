'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { compareHref } from '@/features/compare/pairing.ts';
import { type SagaStyle, useTRPCClient } from '@/lib/trpc.ts';
import { useToast } from '@/ui/toast.tsx';
import type { Draft } from './draft.ts';
import { faultRule } from './fault-choices.ts';

interface Placed {
  readonly sagaId: string;
  readonly orderId: string;
  readonly duplicate: boolean;
}

/**
 * Places what the form holds. The form owns one idempotency key: a second click, or a repeat after a
 * lost answer, gets the same order, and the page says so.
 */
export function usePlacing() {
  const client = useTRPCClient();
  const router = useRouter();
  const toast = useToast();
  const key = useRef<string>(undefined);
  const faultOf = useRef<string>(undefined);
  const [sending, setSending] = useState(0);
  const [error, setError] = useState<Error>();
  const [placed, setPlaced] = useState<Placed>();

  async function place(draft: Draft): Promise<void> {
    key.current ??= crypto.randomUUID();
    const keyOfForm = key.current;
    const isBoth = draft.style === 'both';
    setSending((n) => n + 1);
    setError(undefined);
    try {
      const rule = faultRule(draft.fault);
      if (rule && faultOf.current !== keyOfForm) {
        // Once per form, and there before the first step can be sent.
        faultOf.current = keyOfForm;
        await client.faults.set.mutate({ ...rule, nextCalls: rule.nextCalls * (isBoth ? 2 : 1) });
      }
      const placeIn = (style: SagaStyle, correlationId?: string) =>
        client.orders.place.mutate({
          customerId: draft.customerId,
          lines: draft.lines.map(({ sku, quantity }) => ({ sku, quantity: Number(quantity) })),
          style,
          idempotencyKey: `${keyOfForm}/${style}`,
          correlationId,
        });
      const first = await placeIn(isBoth ? 'orchestration' : draft.style);
      // It names the first one, which is how a comparison knows that they are one order.
      const second = isBoth ? await placeIn('choreography', first.sagaId) : undefined;
      setPlaced(first);
      if (first.duplicate || second?.duplicate) {
        toast({
          icon: 'copy',
          title: 'Same order, not a second one',
          detail: 'This form was sent before; its key gave the order that is there.',
        });
      }
      router.push(second ? compareHref(first.sagaId, second.sagaId) : `/sagas/${first.sagaId}`);
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setSending((n) => n - 1);
    }
  }

  /** A changed form is another order, and another key. */
  function changed(): void {
    key.current = undefined;
    setPlaced(undefined);
    setError(undefined);
  }

  return { place, changed, placed, error, isSending: sending > 0 };
}
