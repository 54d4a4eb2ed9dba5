'use client';

import { useEffect, useRef, useState } from 'react';
import { Icon } from '@/ui/icon.tsx';

const pauseMs = 250;

/** Searches once typing pauses; each key would be a request and a page of history. */
export function SearchField({
  search,
  onSearch,
}: {
  search: string;
  onSearch: (text: string) => void;
}) {
  const [text, setText] = useState(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(search), [search]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function type(next: string) {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), pauseMs);
  }

  return (
    <div className="field">
      <Icon name="search" />
      <input
        type="search"
        aria-label="Search by saga, order or customer"
        placeholder="Saga, order or customer"
        maxLength={200}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </div>
  );
}
