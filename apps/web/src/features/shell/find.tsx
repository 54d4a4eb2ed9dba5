'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef } from 'react';
import { Icon } from '@/ui/icon.tsx';

/** Finds by saga id or its end, order or customer; ⌘K or / focuses it. */
export function Find() {
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  function find(event: FormEvent) {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    if (text) router.push(`/sagas?tab=all&search=${encodeURIComponent(text)}`);
  }

  return (
    <form className="field find d-only" role="search" onSubmit={find}>
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        aria-label="Find a saga, order or customer"
        placeholder="Find a saga, order, customer"
      />
      <kbd>Ctrl K</kbd>
    </form>
  );
}
