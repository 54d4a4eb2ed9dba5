'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { writeCookie } from '@/lib/cookie.ts';
import { type TimesMode, timesCookie } from './mode.ts';

interface Times {
  readonly mode: TimesMode;
  readonly setMode: (mode: TimesMode) => void;
}

const Context = createContext<Times>({ mode: 'utc', setMode: () => undefined });

/** How moments are written everywhere: UTC, local, or how long ago. */
export function TimesProvider({ initial, children }: { initial: TimesMode; children: ReactNode }) {
  const [mode, change] = useState(initial);
  const times = useMemo(
    () => ({
      mode,
      setMode: (next: TimesMode) => {
        writeCookie(timesCookie, next);
        change(next);
      },
    }),
    [mode],
  );
  return <Context value={times}>{children}</Context>;
}

export const useTimes = () => useContext(Context);
