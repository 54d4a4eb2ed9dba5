'use client';

import { money, plural } from '@/lib/format.ts';
import { readOrder } from '@/lib/order-input.ts';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { sagaLooks } from '@/ui/status.ts';
import { Badge } from '@/ui/status-mark.tsx';
import { saveJson } from '@/lib/save-file.ts';

export function SagaHeader({ saga, events }: { saga: Saga; events: readonly SagaEvent[] }) {
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
        <button
          type="button"
          className="btn"
          onClick={() => saveJson(`saga-${saga.id}.json`, { saga, events })}
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
