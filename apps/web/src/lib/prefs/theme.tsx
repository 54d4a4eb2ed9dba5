'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { writeCookie } from '@/lib/cookie.ts';
import { type Theme, themeCookie } from './themes.ts';

interface Preference {
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
}

const Context = createContext<Preference>({ theme: 'system', setTheme: () => undefined });

/** Light, dark or as the system; the button and the palette change the same one. */
export function ThemeProvider({ initial, children }: { initial: Theme; children: ReactNode }) {
  const [theme, change] = useState(initial);
  const preference = useMemo(
    () => ({
      theme,
      setTheme: (next: Theme) => {
        writeCookie(themeCookie, next);
        if (next === 'system') delete document.documentElement.dataset.theme;
        else document.documentElement.dataset.theme = next;
        change(next);
      },
    }),
    [theme],
  );
  return <Context value={preference}>{children}</Context>;
}

export const useTheme = () => useContext(Context);
