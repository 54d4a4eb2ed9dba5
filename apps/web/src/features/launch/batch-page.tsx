'use client';

import './launch.css';
import '../audit/audit.css';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { count, plural, tail } from '@/lib/format.ts';
import { duration } from '@/lib/time/format.ts';
import { useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Failure, Skeleton } from '@/ui/states.tsx';
import { isBadId, isGone } from '../saga-detail/gone.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { progressOf } from './progress.ts';
import { useRate } from './use-rate.ts';

const everyMs = 500;

export function BatchPage({ batchId }: { batchId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const batch = useQuery(
    trpc.batches.get.queryOptions(
      { batchId },
      {
        refetchInterval: ({ state }) =>
          // What was never there does not come, and what is over does not change.
          (state.error && !state.data) || (state.data && progressOf(state.data).isOver)
            ? false
            : everyMs,
      },
    ),
  );
  const cancel = useMutation(
    trpc.batches.cancel.mutationOptions({
      onSuccess: () =>
        queries.invalidateQueries({ queryKey: trpc.batches.get.queryKey({ batchId }) }),
    }),
  );
  const data = batch.data;
  const progress = data && progressOf(data);
  const rate = useRate(progress?.finished, batch.dataUpdatedAt);
  const left = progress ? progress.total - progress.finished - (data?.stuck ?? 0) : 0;

  if (batch.error && !data && (isGone(batch.error) || isBadId(batch.error))) {
    return <NoLaunch isId={isGone(batch.error)} />;
  }
  return (
    <div className="launch-page">
      <div className="fhead">
        <div>
          <h1>Launch …{tail(batchId)}</h1>
          {data && (
            <p>
              {plural(data.count, 'order')},{' '}
              {data.style === 'both'
                ? `each in both styles: ${count(data.count * 2)} sagas`
                : data.style}
              , started <Moment at={data.createdAt} millis={false} />
            </p>
          )}
        </div>
        <div className="a lf-go">
          <Link className="btn" href={`/sagas?tab=all&batch=${batchId}`}>
            <Icon name="list" />
            Show its sagas
          </Link>
          <button
            type="button"
            className="btn danger"
            disabled={!data || data.cancelled || data.placed >= data.count || cancel.isPending}
            onClick={() => cancel.mutate({ batchId })}
          >
            <Icon name="ban" />
            {data?.cancelled ? 'Rest cancelled' : 'Cancel the rest'}
          </button>
        </div>
      </div>
      {(batch.error ?? cancel.error) && (
        <Failure
          error={batch.error ?? cancel.error ?? new Error()}
          retry={() => void batch.refetch()}
        />
      )}
      {batch.isPending && !batch.error && (
        <section className="card">
          <Skeleton rows={5} />
        </section>
      )}
      {data && progress && (
        <Card
          title={progress.isOver ? 'Done' : 'Under way'}
          note={`${count(data.placed)} of ${plural(data.count, 'order')} placed${data.cancelled ? ', the rest cancelled' : ''}`}
          aside={
            <span className="rates">
              <span>
                <b>{count(rate)}</b> finished per second
              </span>
              <span data-eta>{etaText(progress.isOver, rate, left)}</span>
            </span>
          }
        >
          <ProgressBar batch={data} total={progress.total} batchId={batchId} />
        </Card>
      )}
    </div>
  );
}

function NoLaunch({ isId }: { isId: boolean }) {
  return (
    <section className="card no-such">
      <h1>No launch under this address</h1>
      <p>
        {isId
          ? 'No launch has this id. The link may be of another system.'
          : 'An id of a launch is a uuid; this is none.'}
      </p>
      <div className="go">
        <Link className="btn primary" href="/launch">
          Launch orders
        </Link>
        <Link className="btn" href="/sagas?tab=all">
          All sagas
        </Link>
      </div>
    </section>
  );
}

function etaText(isOver: boolean, rate: number, left: number): string {
  if (isOver) return 'nothing left to do';
  return rate > 0.5 ? `about ${duration((left / rate) * 1_000)} to go` : 'measuring…';
}
