import Link from 'next/link';
import type { SagaRow } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { SagaMark } from '@/ui/status-mark.tsx';
import { aboutOrder } from './about-order.ts';
import { compareHref } from './pairing.ts';

/** Pairs to choose from, each with how both sides ended. */
export function PairList({
  pairs,
}: {
  pairs: readonly (readonly [orchestrated: SagaRow, choreographed: SagaRow])[];
}) {
  if (pairs.length === 0) return null;
  return (
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
  );
}
