'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { SagaMark } from '@/ui/status-mark.tsx';
import { compareHref, pairsOf } from './pairing.ts';
import { aboutOrder } from './about-order.ts';

const lookedAt = 100;
const shownMax = 8;

/** Without a saga in the address: orders that were placed in both styles lately. */
export function PickPair() {
  const trpc = useTRPC();
  const list = useQuery(
    trpc.sagas.list.queryOptions({ limit: lookedAt, definition: 'place-order' }),
  );
  const pairs = pairsOf(list.data?.items ?? []).slice(0, shownMax);
  return (
    <>
      <h1>Compare</h1>
      <p className="say">
        The same order in both styles, aligned at its acceptance: where they part, and what each of
        them costs.
      </p>
      <Card
        title="Placed in both styles"
        note={`among the last ${lookedAt} orders`}
        aside={
          <Link className="btn sm" href="/orders/new?style=both">
            <Icon name="plus" />
            Place an order in both
          </Link>
        }
      >
        {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Skeleton rows={4} />}
        {list.data && pairs.length === 0 && (
          <Empty>
            No order has been placed in both styles lately. Place one, or open a saga and compare
            it.
          </Empty>
        )}
        {pairs.length > 0 && (
          <ul className="picks">
            {pairs.map(([left, right]) => (
              <li key={left.id}>
                <Link href={compareHref(left.id, right.id)} prefetch={false}>
                  <span className="what">{aboutOrder(left)}</span>
                  <span className="style">
                    <Icon name="hub" label="Orchestration" />
                    <SagaMark saga={left} />
                  </span>
                  <span className="style">
                    <Icon name="chain" label="Choreography" />
                    <SagaMark saga={right} />
                  </span>
                  <span className="mute when">
                    <Moment at={left.createdAt} millis={false} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
