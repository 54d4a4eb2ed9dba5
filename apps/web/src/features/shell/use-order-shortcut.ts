'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** N places an order from anywhere, except while somebody types. */
export function useOrderShortcut(): void {
  const router = useRouter();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'n' || event.metaKey || event.ctrlKey || event.altKey) return;
      const at = event.target;
      if (at instanceof HTMLElement && at.closest('input, select, textarea, dialog')) return;
      event.preventDefault();
      router.push('/orders/new');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [router]);
}
