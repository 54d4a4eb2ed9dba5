'use client';

import Link from 'next/link';
import { money, plural } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { sagaLooks } from '@/ui/status.ts';
import { Badge } from '@/ui/status-mark.tsx';
import { saveJson } from '@/lib/save-file.ts';

interface SagaHeaderProps {
  readonly saga: Saga;
  /** What goes into the file: the present, whatever moment is shown. */
  readonly exported: { readonly saga: Saga; readonly events: readonly SagaEvent[] };
}

export function SagaHeader({ saga, exported }: SagaHeaderProps) {
  const order = readOrder(saga.input);
  return (
    <div className="sh">
      <div className="t">
        <Badge look={sagaLooks[saga.status]} word={wordOf(saga)} />
        <h1>
          {saga.subject ?? saga.definition}{' '}
          {!order && saga.subject && <span>{saga.definition}</span>}
          {order && (
            <span>
              {money(order.total)}, {plural(order.lines.length, 'line')}
            </span>
          )}
        </h1>
      </div>
      <div className="a">
        {saga.orderId && (
          <Link className="btn" href={`/compare?a=${saga.id}`}>
            <Icon name="columns" />
            Compare
          </Link>
        )}
        <button
          type="button"
          className="btn"
          onClick={() => saveJson(`saga-${saga.id}.json`, exported)}
        >
          <Icon name="download" />
          Export JSON
        </button>
      </div>
    </div>
  );
}

/** A stuck saga says its way; a paused one that it is. */
function wordOf({ status, direction, paused }: Saga): string {
  const way = direction === 'compensation' ? 'back' : 'forward';
  const word = status === 'stuck' ? `Stuck, ${way}` : sagaLooks[status].word;
  return paused ? `${word}, paused` : word;
}
