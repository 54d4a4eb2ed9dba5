'use client';

import { useState } from 'react';
import { Icon } from '@/ui/icon.tsx';

const shownMs = 1_500;

export function Copy({ text, label }: { text: string; label: string }) {
  const [isDone, setDone] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), shownMs);
  }

  return (
    <button
      type="button"
      className="ib"
      aria-label={isDone ? 'Copied' : label}
      onClick={() => void copy()}
    >
      <Icon name={isDone ? 'check' : 'copy'} />
    </button>
  );
}
