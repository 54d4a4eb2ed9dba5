'use client';

import { useEffect, useState } from 'react';
import { useUrlState } from '@/lib/url-state.ts';
import type { SagaEvent } from '@/lib/trpc.ts';
import { momentIn } from './moment-in.ts';

/** Which moment of the saga the page shows; undefined is the present. */
export interface AsOfMoment {
  readonly event: SagaEvent | undefined;
  readonly goTo: (seq: number | undefined) => void;
}

/**
 * The moment is the number of an event, in the URL as `at`: it means the same tomorrow. The address
 * comes back a rendering late, and a slider that waits for it loses every second key press: so the
 * choice is kept here too, and read from the address only when somebody goes back or forth.
 */
export function useAsOf(events: readonly SagaEvent[]): AsOfMoment {
  const { params, changeHere } = useUrlState();
  const [at, setAt] = useState(() => params.get('at'));
  useEffect(() => {
    const read = () => setAt(new URLSearchParams(window.location.search).get('at'));
    window.addEventListener('popstate', read);
    return () => window.removeEventListener('popstate', read);
  }, []);
  return {
    event: momentIn(events, at),
    goTo: (seq) => {
      const next = seq === undefined ? undefined : String(seq);
      setAt(next ?? null);
      changeHere({ at: next });
    },
  };
}
