'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { plural } from '@/lib/format.ts';
import { type Fault, useTRPC, useTRPCClient } from '@/lib/trpc.ts';
import { useToast } from '@/ui/toast.tsx';
import { activeRules, type Preset, withService } from './presets.ts';

/** The rules and what may be done to them. Nothing is shown before the server has confirmed it. */
export function useFaults() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const list = useQuery(trpc.faults.list.queryOptions());
  const faults: readonly Fault[] = list.data ?? [];
  const after = {
    onSuccess: () => queries.invalidateQueries({ queryKey: trpc.faults.list.queryKey() }),
    onError: (error: { message: string }) =>
      toast({ icon: 'cross', title: 'Nothing was changed', detail: error.message }),
  };
  const clear = useMutation(trpc.faults.clear.mutationOptions(after));
  const toggle = useMutation({
    mutationFn: async (preset: Preset) => {
      const active = activeRules(preset, faults);
      if (active) {
        for (const { id } of active) await client.faults.clear.mutate({ id });
      } else {
        for (const rule of preset.rules) await client.faults.set.mutate(withService(rule));
      }
    },
    ...after,
  });
  // By promise: it is told even when what asked for it has left the page. Failures are told above.
  const clearAll = () =>
    void clear.mutateAsync({}).then(
      ({ cleared }) => toast({ icon: 'check', title: `${plural(cleared, 'fault')} cleared` }),
      () => undefined,
    );
  const isBusy = clear.isPending || toggle.isPending;
  return { list, faults, clear, clearAll, toggle, isBusy, after };
}
