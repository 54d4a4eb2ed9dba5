'use client';

import { useSyncExternalStore } from 'react';

const dark = '(prefers-color-scheme: dark)';

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(dark);
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  media.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', onChange);
  };
}

const read = (): string =>
  document.documentElement.dataset.theme ?? (matchMedia(dark).matches ? 'dark' : 'light');

/** The theme that is shown: a canvas has to be drawn anew when it changes. */
export function useShownTheme(): string {
  return useSyncExternalStore(subscribe, read, () => 'light');
}

/** Tokens as colours that a canvas understands: they state both themes, and only an element knows which. */
export function colorsOf(host: HTMLElement, tokens: readonly string[]): Record<string, string> {
  const probe = host.appendChild(document.createElement('i'));
  const colors = Object.fromEntries(
    tokens.map((token) => {
      probe.style.color = `var(--${token})`;
      return [token, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return colors;
}
