'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type Saga, useTRPC } from '@/lib/trpc.ts';
import { readOrder } from '@/lib/order-input.ts';
import { Card } from '@/ui/card.tsx';
import { SagaLink } from '@/ui/id.tsx';
import { Moment } from '@/ui/moment.tsx';
import { Empty, Failure, Skeleton } from '@/ui/states.tsx';
import { SagaMark } from '@/ui/status-mark.tsx';
import { StyleMark } from '@/ui/style-mark.tsx';
import { aboutOrder } from './about-order.ts';
import { compareHref, partnersOf } from './pairing.ts';
import { PlaceOther } from './place-other.tsx';

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
  const partners = partnersOf(saga, list.data?.items ?? []).slice(0, shownMax);
  return (
    <Card
      title={isOrder ? 'The same order' : `Other sagas of ${saga.definition}`}
      note={isOrder ? 'same customer, same lines' : 'latest first'}
      aside={isOrder && <PlaceOther saga={saga} />}
    >
      {list.error && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={4} />}
      {list.data && partners.length === 0 && (
        <Empty>
          {isOrder
            ? 'This order has been placed once only. Place it in the other style to see them side by side.'
            : 'There is no other saga of this definition yet, and it has one style only.'}
        </Empty>
      )}
      {partners.length > 0 && (
        <ul className="picks">
          {partners.map((row) => (
            <li key={row.id}>
              <Link href={compareHref(saga.id, row.id)} prefetch={false}>
                <span className="what">{aboutOrder(row)}</span>
                <StyleMark style={row.style} />
                <span>
                  <SagaMark saga={row} />
                </span>
                <span className="mute when">
                  <Moment at={row.createdAt} millis={false} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
