'use client';

import Link from 'next/link';
import { activeRules, presets } from '@/features/failures/presets.ts';
import { useFaults } from '@/features/failures/use-faults.ts';
import { useLatest } from '@/lib/live/context.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { ShortId } from '@/ui/id.tsx';
import { SagaMark } from '@/ui/status-mark.tsx';
import { Strip } from '@/ui/strip.tsx';

const offered = ['decline', 'lose', 'slow', 'refunds'];

/** Place, break, watch: the whole product in three cards. */
export function Guide({ newest }: { newest: SagaRow | undefined }) {
  const { faults, toggle } = useFaults();
  return (
    <ol className="guide">
      <li>
        <h2>1. Place</h2>
        <p>An order becomes a saga: five steps, three of them with a counter-step.</p>
        <div className="do">
          <Link className="btn primary" href="/orders/new">
            <Icon name="plus" />
            Place an order
          </Link>
          <Link className="btn" href="/launch">
            <Icon name="stack" />
            Launch many
          </Link>
        </div>
      </li>
      <li>
        <h2>2. Break</h2>
        <p>Make a service fail on purpose. You choose where, how and how often.</p>
        <div className="do">
          {presets
            .filter(({ id }) => offered.includes(id))
            .map((preset) => {
              const active = activeRules(preset, faults);
              const left = active?.[0]?.remaining;
              return (
                <button
                  key={preset.id}
                  type="button"
                  className="chip"
                  aria-pressed={active !== undefined}
                  disabled={toggle.isPending}
                  onClick={() => toggle.mutate(preset)}
                >
                  <Icon name="bolt" />
                  {preset.word}
                  {left !== undefined && <span className="mute">{left} left</span>}
                </button>
              );
            })}
        </div>
      </li>
      <li>
        <h2>3. Watch</h2>
        <p>Follow it forward, and back when it has to turn.</p>
        {newest ? <Watch row={newest} /> : <p className="watch mute">Nothing to watch yet.</p>}
      </li>
    </ol>
  );
}

function Watch({ row }: { row: SagaRow }) {
  const saga = useLatest(row);
  return (
    <Link className="watch" href={`/sagas/${saga.id}`}>
      <Strip saga={saga} scale={1.6} />
      <span>
        <SagaMark saga={saga} />
        <br />
        <ShortId id={saga.id} prefix="saga_" />
      </span>
    </Link>
  );
}
