'use client';

import './saga-start.css';
import Link from 'next/link';
import { useDefinitions } from '@/lib/definitions.ts';
import { useUrlState } from '@/lib/url-state.ts';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { StartForm } from './start-form.tsx';

/** Any saga but an order, whose form knows products and prices. */
export function StartPage() {
  const { params, change } = useUrlState();
  const definitions = useDefinitions();
  const startable = definitions.data?.filter(({ startHint }) => startHint === undefined);
  const asked = params.get('definition');
  const chosen = startable?.find(({ name }) => name === asked) ?? startable?.[0];
  return (
    <div className="start-page">
      <h1>Start a saga</h1>
      <p className="intro">
        Its input as JSON, and a key under which it is started once.{' '}
        <Link className="lk" href="/orders/new">
          Orders have a form of their own
        </Link>
        .
      </p>
      {definitions.error && (
        <Failure error={definitions.error} retry={() => void definitions.refetch()} />
      )}
      {definitions.isPending && (
        <section className="card">
          <Skeleton rows={8} height={44} />
        </section>
      )}
      {startable?.length === 0 && (
        <section className="card">
          <Empty>No saga but orders is defined here.</Empty>
        </section>
      )}
      {startable && chosen && (
        <StartForm
          key={chosen.name}
          definitions={startable}
          chosen={chosen}
          onChoose={(definition) => change({ definition })}
        />
      )}
    </div>
  );
}
