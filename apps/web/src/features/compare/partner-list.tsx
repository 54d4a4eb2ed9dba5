import Link from 'next/link';
import type { SagaRow } from '@/lib/trpc.ts';
import { Moment } from '@/ui/moment.tsx';
import { SagaMark } from '@/ui/status-mark.tsx';
import { StyleMark } from '@/ui/style-mark.tsx';
import { aboutOrder } from './about-order.ts';
import { compareHref } from './pairing.ts';

/** Sagas of which one may stand beside the saga that is known. */
export function PartnerList({ sagaId, rows }: { sagaId: string; rows: readonly SagaRow[] }) {
  if (rows.length === 0) return null;
  return (
    <ul className="picks">
      {rows.map((row) => (
        <li key={row.id}>
          <Link href={compareHref(sagaId, row.id)} prefetch={false}>
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
  );
}
