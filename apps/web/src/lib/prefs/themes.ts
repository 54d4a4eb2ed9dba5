export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = 'cs-theme';

export function toTheme(text: string | undefined): Theme {
  return themes.find((theme) => theme === text) ?? 'system';
}
