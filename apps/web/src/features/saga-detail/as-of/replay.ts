'use client';

import { useEffect, useState } from 'react';
import { millisBetween } from '@/lib/time/format.ts';
import type { SagaEvent } from '@/lib/trpc.ts';
import type { AsOfMoment } from './use-as-of.ts';

/** Long enough to be seen, short enough to be waited for: a back-off of minutes says so in words. */
const pauseMsMin = 220;
const pauseMsMax = 1_500;

/** Plays the log at its own pace, within those bounds, and ends at its last event. */
export function useReplay(events: readonly SagaEvent[], { event, goTo }: AsOfMoment) {
  const [isPlaying, setPlaying] = useState(false);
  const at = events.findIndex(({ seq }) => seq === event?.seq);
  const next = at < 0 ? undefined : events[at + 1];
  const current = events[at];
  useEffect(() => {
    if (!isPlaying) return;
    if (!next || !current) {
      setPlaying(false);
      return;
    }
    const pauseMs = pauseBetween(current.at, next.at);
    const timer = setTimeout(() => goTo(next.seq), pauseMs);
    return () => clearTimeout(timer);
    // `goTo` only writes the address; a new one each rendering means the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isPlaying, current?.seq, next?.seq]);
  return {
    isPlaying,
    play: () => {
      const first = events[0];
      if (!first) return;
      goTo(first.seq);
      setPlaying(true);
    },
    stop: () => setPlaying(false),
  };
}

export const pauseBetween = (from: string, to: string): number =>
  Math.min(pauseMsMax, Math.max(pauseMsMin, millisBetween(from, to)));
