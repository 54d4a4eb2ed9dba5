import { plural } from '@/lib/format.ts';

export type Window = '15m' | '1h' | '24h';

export const windows: readonly { readonly value: Window; readonly word: string }[] = [
  { value: '15m', word: '15 min' },
  { value: '1h', word: '1 h' },
  { value: '24h', word: '24 h' },
];

export const defaultWindow: Window = '15m';

const shownMax = 20;

/** What the address asks for; a word that is no window is given back to be shown, cut short. */
export function readWindow(text: string | null): {
  readonly window: Window;
  readonly unknown?: string;
} {
  if (!text) return { window: defaultWindow };
  const found = windows.find(({ value }) => value === text);
  if (found) return { window: found.value };
  const unknown = text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
  return { window: defaultWindow, unknown };
}

/** "10 s", "15 min": how long a point of a line stands for. */
export const stepWord = (seconds: number): string =>
  seconds < 60 ? plural(seconds, 'second') : plural(seconds / 60, 'minute');
