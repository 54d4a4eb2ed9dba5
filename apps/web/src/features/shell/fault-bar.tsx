'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { FaultSentence } from '@/features/failures/fault-sentence.tsx';
import { plural } from '@/lib/format.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { useToast } from '@/ui/toast.tsx';

const shownMax = 2;

/** On every page while anything fails on purpose, so that nobody takes it for real. */
export function FaultBar() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const { data: faults = [] } = useQuery(trpc.faults.list.queryOptions());
  const clear = useMutation(
    trpc.faults.clear.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.faults.list.queryKey() }),
      onError: (error) =>
        toast({ icon: 'cross', title: 'Nothing was cleared', detail: error.message }),
    }),
  );
  if (faults.length === 0) return null;
  const services = [...new Set(faults.map(({ service }) => service))];
  return (
    <div className="faultbar" role="region" aria-label="Active faults">
      <Icon name="bolt" />
      <p className="txt">
        <Link href="/failures">
          <b>{plural(faults.length, 'fault')} active</b>
        </Link>
        <span className="fb-short"> on {services.join(' and ')}</span>
        <span className="fb-one">. </span>
        {faults.slice(0, shownMax).map((fault) => (
          <span key={fault.id} className="fb-one">
            <FaultSentence fault={fault} />{' '}
          </span>
        ))}
        {faults.length > shownMax && (
          <span className="fb-one">And {faults.length - shownMax} more.</span>
        )}
      </p>
      <button
        type="button"
        className="btn sm amber"
        disabled={clear.isPending}
        onClick={() => clear.mutate({})}
      >
        Clear all
      </button>
    </div>
  );
}
