'use client';

import { useMemo, useState } from 'react';
import { percent, scaleFor, ticksOf } from '@/features/saga-detail/scale.ts';
import { duration } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import { Card } from '@/ui/card.tsx';
import { isFinished } from '@/ui/status.ts';
import { ViewSwitch } from '@/ui/view-switch.tsx';
import { ClockRowView } from './clock-row.tsx';
import { clockRows, lastMs } from './clock-rows.ts';
import { ClockTable } from './clock-table.tsx';
import type { Divergence } from './divergence.ts';
import { consistentAfterMs, type Pair, type Side } from './side.ts';

interface ClockProps {
  readonly pair: Pair;
  readonly divergence: Divergence | undefined;
}

/** Both timelines under one axis that starts at each side's own acceptance. */
export function ClockCard({ pair, divergence }: ClockProps) {
  const [isTable, setTable] = useState(false);
  return (
    <Card
      title="On one clock"
      note="aligned at acceptance, database time"
      className="clock-card"
      aside={<ViewSwitch isTable={isTable} onChange={setTable} />}
    >
      {isTable ? <ClockTable pair={pair} /> : <Diagram pair={pair} divergence={divergence} />}
    </Card>
  );
}

/** One that waits for a person has no bar that grows. */
const isMoving = ({ saga }: Side): boolean =>
  !isFinished(saga.status) && saga.status !== 'stuck' && !saga.paused;

function Diagram({ pair, divergence }: ClockProps) {
  const now = useNow(pair.some(isMoving), 100);
  const rows = useMemo(() => clockRows(pair), [pair]);
  const elapsed = pair.map((side) =>
    isMoving(side) ? now - Date.parse(side.saga.createdAt) : undefined,
  );
  const ends = [...elapsed, ...pair.map(consistentAfterMs)].filter((ms) => ms !== undefined);
  const scale = scaleFor(0, Math.max(lastMs(rows), ...ends));
  const ticks = ticksOf(scale);
  const partAt = divergence && percent(scale, divergence.atMs);
  return (
    <div className="cmp" role="group" aria-label="Both timelines on one clock">
      <div className="over" aria-hidden="true">
        {ticks.map(({ at }) => (
          <span key={at} className="grid" style={{ left: `${at}%` }} />
        ))}
        {partAt !== undefined && (
          <span className="div" style={{ left: `${partAt}%` }}>
            <b className={partAt > 80 ? 'late' : ''}>part at {duration(divergence?.atMs ?? 0)}</b>
          </span>
        )}
      </div>
      <div className="gx" aria-hidden="true">
        <span />
        <div className="tr">
          {ticks.map(({ at, label }, index) => (
            <span
              key={at}
              className={`${index % 2 ? 'tick odd' : 'tick'} ${besideFlag(at, partAt)}`}
              style={{ left: `${at}%` }}
            >
              {label}
            </span>
          ))}
        </div>
      </div>
      {rows.map((row) => (
        <ClockRowView
          key={row.key}
          row={row}
          scale={scale}
          elapsed={[elapsed[0] ?? 0, elapsed[1] ?? 0]}
        />
      ))}
    </div>
  );
}

/** The flag that says where they part would cover these; on a small screen it covers more of the axis. */
function besideFlag(at: number, partAt: number | undefined): string {
  if (partAt === undefined) return '';
  const away = at - partAt;
  if (away > -9 && away < 9 && at > 0) return 'under';
  return away > -16 && away < 32 ? 'near' : '';
}
