'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { readOrder } from '@/lib/order-input.ts';
import { Card } from '@/ui/card.tsx';
import { SagaLink } from '@/ui/id.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { aboutOrder } from './about-order.ts';
import { isOneOrder, partnersOf } from './pairing.ts';
import { PartnerList } from './partner-list.tsx';
import { PlaceOther } from './place-other.tsx';
import { someOf } from './some-of.ts';

interface PickProps {
  readonly sagaId: string;
  readonly isTwice?: boolean;
  readonly note?: string;
}

/** One saga is known; the other is chosen here, or placed. */
export function PickPartner({ sagaId, isTwice = false, note }: PickProps) {
  const trpc = useTRPC();
  const saga = useQuery(trpc.sagas.get.queryOptions({ sagaId }));
  const said = isTwice ? 'The address names the same saga twice.' : note;
  return (
    <>
      <h1>Compare</h1>
      {saga.error && (
        <>
          <Failure error={saga.error} retry={() => void saga.refetch()} />
          <p>
            <Link className="lk" href="/compare">
              Choose two sagas
            </Link>
          </p>
        </>
      )}
      {saga.isPending && (
        <section className="card">
          <Skeleton rows={6} />
        </section>
      )}
      {saga.data && (
        <>
          <p className="say">
            {said && <b>{said} </b>}
            What should stand beside <SagaLink id={sagaId} /> ({aboutOrder(saga.data)})?
          </p>
          <Partners saga={saga.data} />
        </>
      )}
    </>
  );
}

const lookedAt = 100;
const shownMax = 8;

function Partners({ saga }: { saga: Saga }) {
  const trpc = useTRPC();
  const isOrder = readOrder(saga.input) !== undefined;
  const list = useQuery(
    trpc.sagas.list.queryOptions({
      limit: lookedAt,
      definition: saga.definition,
      ...(isOrder && saga.subject && { search: saga.subject }),
    }),
  );
  const partners = partnersOf(saga, list.data?.items ?? []);
  const own = isOrder ? partners.filter((row) => isOneOrder(saga, row)) : partners;
  const alike = partners.filter((row) => !own.includes(row));
  const among = list.data?.nextCursor ? `, among the last ${lookedAt}` : '';
  return (
    <>
      <Card
        title={isOrder ? 'The same order' : `Other sagas of ${saga.definition}`}
        note={someOf(own.length, shownMax, `${isOrder ? 'placed again' : 'latest first'}${among}`)}
        aside={isOrder && <PlaceOther saga={saga} />}
      >
        {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Skeleton rows={4} />}
        {list.data && own.length === 0 && (
          <Empty>
            {isOrder
              ? `Among the last ${lookedAt} orders this one stands once only. Place it in the other style to see them side by side.`
              : 'There is no other saga of this definition yet, and it has one style only.'}
          </Empty>
        )}
        <PartnerList sagaId={saga.id} rows={own.slice(0, shownMax)} />
      </Card>
      {alike.length > 0 && (
        <Card
          title="Other orders, alike"
          note={someOf(alike.length, shownMax, `same customer, same lines${among}`)}
        >
          <PartnerList sagaId={saga.id} rows={alike.slice(0, shownMax)} />
        </Card>
      )}
    </>
  );
}
