import type { Theme } from '@/lib/prefs/themes.ts';
import type { IconName } from '@/ui/icon.tsx';

export const themeLooks: Readonly<Record<Theme, { icon: IconName; word: string }>> = {
  light: { icon: 'sun', word: 'light' },
  dark: { icon: 'moon', word: 'dark' },
  system: { icon: 'contrast', word: 'as the system' },
};
