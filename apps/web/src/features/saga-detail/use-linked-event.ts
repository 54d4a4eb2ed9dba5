import { useEffect, useState } from 'react';

/** The event that the last link led to, from this page or from anywhere; until it is forgotten. */
export function useLinkedEvent(): { readonly linked: number | undefined; forget(): void } {
  const [linked, setLinked] = useState<number>();
  useEffect(() => {
    const look = () => setLinked(seqIn(window.location.hash));
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  const forget = () => {
    setLinked(undefined);
    const { pathname, search, hash } = window.location;
    if (seqIn(hash) === undefined) return;
    // Out of the address too: it would be found again there, and the same link could not be followed twice.
    window.history.replaceState(null, '', `${pathname}${search}`);
  };
  return { linked, forget };
}

function seqIn(hash: string): number | undefined {
  const digits = /^#event-(\d{1,9})$/.exec(hash)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
