'use client';

import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { plural } from '@/lib/format.ts';
import { type Outputs, useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { useToast } from '@/ui/toast.tsx';

export const services = ['order', 'inventory', 'payment', 'shipment'] as const;
export type Service = (typeof services)[number];
export type DeadLetter = Outputs['deadLetters']['list']['items'][number];

/** What the reader of the page looks for. */
export interface Search {
  readonly step?: string;
  readonly code?: string;
}

/** One letter, or all that match. */
export type Which = { readonly one: DeadLetter } | { readonly all: Search };

const everyMs = 2_000;

/** The oldest dead letters of every service, and how many there are. */
export function useDeadLetters(search: Search) {
  const trpc = useTRPC();
  return useQueries({
    queries: services.map((service) =>
      trpc.deadLetters.list.queryOptions({ service, ...search }, { refetchInterval: everyMs }),
    ),
  });
}

export function useRedrive(service: Service, onDone: () => void) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn({ which, reason }: { which: Which; reason: string }) {
      if ('all' in which) {
        return client.deadLetters.redrive.mutate({ service, reason, filter: which.all });
      }
      const { messageId, step, direction } = which.one;
      return client.deadLetters.redrive.mutate({
        service,
        reason,
        ids: [{ messageId, step, direction }],
      });
    },
    onSuccess({ redriven, skipped, more }) {
      const left = skipped > 0 ? ` ${plural(skipped, 'letter')} had moved on.` : '';
      const again = more ? ' More match; do it again.' : '';
      const detail = `${plural(redriven, 'letter')} will be tried again.${left}${again}`;
      toast({ icon: 'check', title: 'Accepted', detail });
      onDone();
    },
    onError(error) {
      toast({ icon: 'cross', title: 'Nothing was redriven', detail: error.message });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.deadLetters.list.pathKey() }),
  });
}
