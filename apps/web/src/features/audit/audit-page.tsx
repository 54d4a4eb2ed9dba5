'use client';

import './audit.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { plural } from '@/lib/format.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';
import { InvariantRow } from './invariant-row.tsx';
import { totals } from './summary.ts';

/** What must hold between the services, checked while sagas run. */
export function AuditPage() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const audit = useQuery(
    trpc.audit.run.queryOptions(undefined, {
      staleTime: 0,
      // One that was too slow would be as slow again.
      retry: false,
      // What the overview has shown, with its time, until the new report is there.
      placeholderData: () => queryClient.getQueryData(trpc.audit.run.queryKey({ latest: true })),
      trpc: { context: { alone: true } },
    }),
  );
  return (
    <div className="audit-page">
      <div className="fhead">
        <div>
          <h1>Audit</h1>
          <p>
            What must hold between the four services and the sagas. Nothing is locked while it is
            checked.
          </p>
        </div>
        <div className="a">
          <button
            type="button"
            className="btn"
            disabled={audit.isFetching}
            onClick={() => void audit.refetch()}
          >
            <Icon name="retry" />
            {audit.isFetching ? 'Checking…' : 'Check again'}
          </button>
        </div>
      </div>
      {audit.error && <Failure error={audit.error} retry={() => void audit.refetch()} />}
      <section className="card" aria-label="Invariants">
        {audit.isPending && <Skeleton rows={12} height={44} />}
        {audit.data && (
          <>
            <div className="ch">
              <h2>{verdict(totals(audit.data).broken, audit.data.invariants.length)}</h2>
              <p>
                {plural(totals(audit.data).rows, 'row')} checked at{' '}
                <Moment at={audit.data.checkedAt} />, in {(audit.data.tookMs / 1_000).toFixed(1)} s
              </p>
            </div>
            <ul className="inv-list">
              {audit.data.invariants.map((invariant) => (
                <InvariantRow key={invariant.name} invariant={invariant} />
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

function verdict(broken: number, all: number): string {
  return broken === 0
    ? `All ${all} hold`
    : plural(broken, 'invariant is broken', 'invariants are broken');
}
