'use client';

import { Icon } from '@/ui/icon.tsx';
import { Empty, Failure } from '@/ui/states.tsx';
import { useDemo } from './use-demo.ts';

/** Two orders: one that goes through, one whose card is declined, so that both ways can be seen. */
export function EmptyOverview() {
  const demo = useDemo();
  return (
    <section className="card demo" aria-label="Nothing here yet">
      <Empty
        action={
          <button
            type="button"
            className="btn primary"
            disabled={demo.isPending}
            onClick={() => demo.mutate()}
          >
            <Icon name="play" />
            Run the demo
          </button>
        }
      >
        No sagas yet. The demo places one good and one failing order, and opens them side by side.
        {demo.isPending && <span role="status"> The first order is on its way…</span>}
      </Empty>
      {demo.error && <Failure error={demo.error} />}
    </section>
  );
}
