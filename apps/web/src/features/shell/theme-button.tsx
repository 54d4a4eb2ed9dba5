'use client';

import { useTheme } from '@/lib/prefs/theme.tsx';
import { themes } from '@/lib/prefs/themes.ts';
import { Icon } from '@/ui/icon.tsx';
import { themeLooks } from './theme-looks.ts';

/** Light, dark, as the system: one button goes round. */
export function ThemeButton() {
  const { theme, setTheme } = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  const says = `Theme: ${themeLooks[theme].word}. Switch to ${themeLooks[next].word}`;
  return (
    <button
      type="button"
      className="ib"
      aria-label={says}
      title={says}
      onClick={() => setTheme(next)}
    >
      <Icon name={themeLooks[theme].icon} />
    </button>
  );
}
