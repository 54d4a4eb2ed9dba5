'use client';

import { useEffect, useState } from 'react';
import { rateOf, type Sample, withSample } from './progress.ts';

/** The rate over the last seconds, from what the page itself has seen. */
export function useRate(finished: number | undefined, atMs: number): number {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (finished !== undefined) setSamples((before) => withSample(before, { atMs, finished }));
  }, [finished, atMs]);
  return rateOf(samples);
}
