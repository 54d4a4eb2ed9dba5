'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { pairsOf } from './pairing.ts';
import { PairList } from './pair-list.tsx';
import { someOf } from './some-of.ts';

const lookedAt = 100;
const shownMax = 8;

/** Without a saga in the address: orders that were placed in both styles lately. */
export function PickPair() {
  const trpc = useTRPC();
  const list = useQuery(
    trpc.sagas.list.queryOptions({ limit: lookedAt, definition: 'place-order' }),
  );
  const { placed, alike } = pairsOf(list.data?.items ?? []);
  return (
    <>
      <h1>Compare</h1>
      <p className="say">
        The same order in both styles, aligned at its acceptance: where they part, and what each of
        them costs.
      </p>
      <Card
        title="Placed in both styles"
        note={someOf(placed.length, shownMax, `among the last ${lookedAt} orders`)}
        aside={
          <Link className="btn sm" href="/orders/new?style=both">
            <Icon name="plus" />
            Place an order in both
          </Link>
        }
      >
        {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Skeleton rows={4} />}
        {list.data && placed.length === 0 && (
          <Empty>
            The last {lookedAt} orders hold no pair. Place an order in both styles, or open a saga
            and compare it.
          </Empty>
        )}
        <PairList pairs={placed.slice(0, shownMax)} />
      </Card>
      {alike.length > 0 && (
        <Card
          title="Two orders alike"
          note={someOf(alike.length, shownMax, 'same customer, same lines, placed apart')}
        >
          <PairList pairs={alike.slice(0, shownMax)} />
        </Card>
      )}
    </>
  );
}
