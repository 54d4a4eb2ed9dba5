'use client';

import { useEffect, useState } from 'react';
import type { SagaEvent } from '@/lib/trpc.ts';
import { pauseBetween } from './pause.ts';
import type { AsOfMoment } from './use-as-of.ts';

/** Plays the log at its own pace, within bounds, and ends in the present. */
export function useReplay(events: readonly SagaEvent[], { event, goTo }: AsOfMoment) {
  const [isPlaying, setPlaying] = useState(false);
  const at = events.findIndex(({ seq }) => seq === event?.seq);
  const next = at < 0 ? undefined : events[at + 1];
  const current = events[at];
  useEffect(() => {
    if (!isPlaying) return;
    if (!next || !current) {
      setPlaying(false);
      goTo(undefined);
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
