'use client';

import { useSyncExternalStore } from 'react';

/** Narrower than this, a service's box would not hold its words. */
const query = '(min-width: 1180px)';

function subscribe(onChange: () => void): () => void {
  const list = matchMedia(query);
  list.addEventListener('change', onChange);
  return () => list.removeEventListener('change', onChange);
}

/** Whether two lanes fit one above the other; on the server, yes. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => true,
  );
}
