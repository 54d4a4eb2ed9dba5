'use client';

import { duration } from '@/lib/time/format.ts';
import { useNow } from '@/lib/time/now.ts';
import type { Fault } from '@/lib/trpc.ts';

const pipsMax = 10;

/** What is left of a rule: calls as pips, time as a bar that empties. */
export function FaultCountdown({ fault }: { fault: Fault }) {
  const { nextCalls, remaining = nextCalls, expiresAt } = fault;
  if (nextCalls !== undefined && remaining !== undefined)
    return <CallsLeft all={nextCalls} left={remaining} />;
  return expiresAt ? <TimeLeft from={fault.createdAt} until={expiresAt} /> : null;
}

function CallsLeft({ all, left }: { all: number; left: number }) {
  return (
    <span className="cd">
      {all <= pipsMax && (
        <span className="cdp" aria-hidden="true">
          {Array.from({ length: all }, (_, index) => (
            <i key={index} className={index < all - left ? 'used' : ''} />
          ))}
        </span>
      )}
      <span>
        {left} of {all} calls left
      </span>
    </span>
  );
}

function TimeLeft({ from, until }: { from: string; until: string }) {
  const now = useNow(true, 1_000);
  const leftMs = Math.max(0, Date.parse(until) - now);
  const share = leftMs / Math.max(1, Date.parse(until) - Date.parse(from));
  return (
    <span className="cd">
      <span className="cdt" aria-hidden="true">
        <i style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span>{duration(leftMs)} left</span>
    </span>
  );
}
