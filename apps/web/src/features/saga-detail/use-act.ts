'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Saga, useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { useToast } from '@/ui/toast.tsx';
import type { ActionName } from './action-words.ts';
import type { Settlement } from './settlement.ts';

interface Act {
  readonly reason: string;
  readonly expectedSeq: number;
  /** `settle` alone takes one. */
  readonly settlement: Settlement;
}

/** Does one act; the answer is the saga after it. */
export function useAct(saga: Saga, action: ActionName, onDone: () => void) {
  const client = useTRPCClient();
  return useSagaMutation(saga, onDone, ({ reason, expectedSeq, settlement }: Act) => {
    const ask = { sagaId: saga.id, reason };
    const guarded = { ...ask, expectedSeq };
    switch (action) {
      case 'cancel':
        return client.sagas.cancel.mutate(ask);
      case 'pause':
        return client.sagas.pause.mutate(ask);
      case 'resume':
        return client.sagas.resume.mutate(ask);
      case 'retry':
        return client.sagas.retry.mutate(guarded);
      case 'skip':
        return client.sagas.skip.mutate(guarded);
      case 'settle':
        return client.sagas.settle.mutate({ ...guarded, ...settlement });
      case 'compensate':
        return client.sagas.compensate.mutate(guarded);
      case 'resolve':
        return client.sagas.resolve.mutate(guarded);
      case 'takeOver':
        return client.sagas.takeOver.mutate(guarded);
    }
  });
}

/** What every act has in common: the page shows the saga after it, or why nothing was sent. */
export function useSagaMutation<Input>(
  saga: Saga,
  onDone: () => void,
  send: (input: Input) => Promise<Saga>,
) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const key = trpc.sagas.get.queryKey({ sagaId: saga.id });
  return useMutation({
    mutationFn: send,
    onSuccess(after) {
      queries.setQueryData(key, after);
      toast({ icon: 'check', title: 'Accepted', detail: `The log stands at #${after.seq}.` });
      onDone();
    },
    onError(error) {
      toast({ icon: 'cross', title: 'Nothing was sent', detail: error.message });
      void queries.invalidateQueries({ queryKey: key });
    },
  });
}
