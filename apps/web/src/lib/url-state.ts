'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

type Changes = Readonly<Record<string, string | undefined>>;

/** Reads and writes the page's query string: a view can be bookmarked, sent, and gone back to. */
export function useUrlState() {
  const params = useSearchParams();
  const pathname = usePathname();
  const router = useRouter();
  const hrefWith = useCallback(
    (changes: Changes) => {
      const next = new URLSearchParams(params);
      for (const [key, value] of Object.entries(changes)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
      const query = next.toString();
      return query ? `${pathname}?${query}` : pathname;
    },
    [params, pathname],
  );
  const change = useCallback(
    (changes: Changes) => router.replace(hrefWith(changes), { scroll: false }),
    [router, hrefWith],
  );
  return { params, hrefWith, change, changeHere };
}

/**
 * The same for what changes many times a second: no way to the server. Reads the address itself, since
 * the parameters of the last rendering may be behind.
 */
function changeHere(changes: Changes): void {
  const next = new URLSearchParams(window.location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  const query = next.toString();
  const { pathname, hash } = window.location;
  window.history.replaceState(null, '', `${pathname}${query && `?${query}`}${hash}`);
}
