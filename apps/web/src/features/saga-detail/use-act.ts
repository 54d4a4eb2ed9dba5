'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Saga, useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { useToast } from '@/ui/toast.tsx';
import type { ActionName } from './action-words.ts';

/** Does one act; the answer is the saga after it. */
export function useAct(saga: Saga, action: ActionName, onDone: () => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const key = trpc.sagas.get.queryKey({ sagaId: saga.id });

  return useMutation({
    mutationFn: ({ reason, expectedSeq }: { reason: string; expectedSeq: number }) => {
      const ask = { sagaId: saga.id, reason };
      switch (action) {
        case 'cancel':
          return client.sagas.cancel.mutate(ask);
        case 'pause':
          return client.sagas.pause.mutate(ask);
        case 'resume':
          return client.sagas.resume.mutate(ask);
        case 'retry':
          return client.sagas.retry.mutate({ ...ask, expectedSeq });
        case 'skip':
          return client.sagas.skip.mutate({ ...ask, expectedSeq });
        case 'resolve':
          return client.sagas.resolve.mutate({ ...ask, expectedSeq });
        case 'takeOver':
          return client.sagas.takeOver.mutate({ ...ask, expectedSeq });
      }
    },
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
