'use client';

import { useState } from 'react';
import { writeCookie } from '@/lib/cookie.ts';
import { type Theme, themeCookie, themes } from '@/lib/prefs/theme.ts';
import { Icon, type IconName } from '@/ui/icon.tsx';

const looks: Readonly<Record<Theme, { icon: IconName; word: string }>> = {
  light: { icon: 'sun', word: 'light' },
  dark: { icon: 'moon', word: 'dark' },
  system: { icon: 'contrast', word: 'as the system' },
};

/** Light, dark, as the system: one button goes round. */
export function ThemeButton({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';

  function change() {
    writeCookie(themeCookie, next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    setTheme(next);
  }

  const says = `Theme: ${looks[theme].word}. Switch to ${looks[next].word}`;
  return (
    <button type="button" className="ib" aria-label={says} title={says} onClick={change}>
      <Icon name={looks[theme].icon} />
    </button>
  );
}
