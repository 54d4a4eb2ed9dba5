import type { ReactNode } from 'react';

/** What each icon is drawn with, on a 16 px grid; stroke and caps come from `Icon`. */
export const glyphs = {
  ban: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M4.1 4.1l7.8 7.8" />
    </>
  ),
  box: <path d="M2.5 5 8 2.2 13.5 5v6L8 13.8 2.5 11zM2.7 5.1 8 7.8l5.3-2.7M8 7.8v5.8" />,
  card: (
    <>
      <rect x="2" y="3.5" width="12" height="9" rx="1.4" />
      <path d="M2 6.6h12M4.5 10h2.5" />
    </>
  ),
  chevronDown: <path d="M4.5 6.3 8 9.8l3.5-3.5" />,
  // One path: it stands in every row of a list.
  chain: (
    <path d="M1.2 10.6a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0M6.3 5.2a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0M11.4 10.6a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0M4.1 9.3l2.7-2.8M9.2 6.5l2.7 2.8" />
  ),
  check: <path d="M3.5 8.6l3 3 6-7" />,
  chevronLeft: <path d="M9.8 4.5 6.3 8l3.5 3.5" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 5v3.1l2 1.4" />
    </>
  ),
  contrast: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" stroke="none" />
    </>
  ),
  chart: <path d="M2.3 13.5h11.4M4.5 11V8.2M8 11V3.5M11.5 11V6" />,
  columns: (
    <>
      <rect x="2.3" y="3" width="4.6" height="10" rx="1.1" />
      <rect x="9.1" y="3" width="4.6" height="10" rx="1.1" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
    </>
  ),
  cpu: (
    <>
      <rect x="4.2" y="4.2" width="7.6" height="7.6" rx="1.2" />
      <path d="M6.4 2v2.2M9.6 2v2.2M6.4 11.8V14M9.6 11.8V14M2 6.4h2.2M2 9.6h2.2M11.8 6.4H14M11.8 9.6H14" />
    </>
  ),
  chevronRight: <path d="M6.3 4.5 9.8 8l-3.5 3.5" />,
  diamond: <path d="M8 2.2 13.8 8 8 13.8 2.2 8z" fill="currentColor" stroke="none" />,
  download: <path d="M8 2.5v8M4.8 7.4 8 10.5l3.2-3.1M3 13.5h10" />,
  dot: <circle cx="8" cy="8" r="3" fill="currentColor" stroke="none" />,
  flow: (
    <>
      <rect x="1.8" y="5.6" width="4.2" height="4.8" rx="1" />
      <rect x="10" y="5.6" width="4.2" height="4.8" rx="1" />
      <path d="M6 8h3.6" />
    </>
  ),
  person: (
    <>
      <circle cx="6" cy="5" r="2.3" />
      <path d="M1.9 13.3c.4-2.5 2-3.8 4.1-3.8.9 0 1.7.2 2.4.7M9.6 11.6l1.6 1.6 3-3.4" />
    </>
  ),
  home: (
    <path d="M2.5 7.4 8 2.8l5.5 4.6v5.1a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM6.3 13.3V9.5h3.4v3.8" />
  ),
  // One path: it stands in every row of a list.
  hub: (
    <path d="M6.2 4a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0M1.9 12a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M6.5 12.4a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M11.1 12a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0M6.9 5.5 4.3 10.7M8 5.8v5M9.1 5.5l2.6 5.2" />
  ),
  down: <path d="M8 3v10M4.2 9.2 8 13l3.8-3.8" />,
  keys: (
    <>
      <rect x="1.8" y="4" width="12.4" height="8" rx="1.4" />
      <path d="M4.4 6.8h.4M7.8 6.8h.4M11.2 6.8h.4M5.2 9.4h5.6" />
    </>
  ),
  left: <path d="M13 8H3M6.8 4.2 3 8l3.8 3.8" />,
  letter: (
    <>
      <rect x="2" y="3.5" width="12" height="9" rx="1.4" />
      <path d="M2.4 4.8 8 9l5.6-4.2" />
    </>
  ),
  list: <path d="M5.8 4h7.7M5.8 8h7.7M5.8 12h7.7M2.6 4h.5M2.6 8h.5M2.6 12h.5" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  moon: <path d="M13 9.4A5.4 5.4 0 0 1 6.6 3a5.4 5.4 0 1 0 6.4 6.4z" />,
  nothing: (
    <>
      <circle cx="8" cy="8" r="5.2" strokeDasharray="2.2 2" />
      <path d="M5.2 10.8l5.6-5.6" />
    </>
  ),
  pause: <path d="M5.8 4v8M10.2 4v8" />,
  play: <path d="M5 3.6 12 8l-7 4.4z" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  question: (
    <>
      <path d="M5.9 6.1a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.4" />
      <circle cx="8" cy="12" r=".9" fill="currentColor" stroke="none" />
    </>
  ),
  receipt: <path d="M3.8 2.3h8.4v11.4l-1.4-1-1.4 1-1.4-1-1.4 1-1.4-1-1.4 1zM6 5.6h4M6 8.4h4" />,
  retry: <path d="M13 8a5 5 0 1 1-1.5-3.6M13.2 2.4v3.2H10" />,
  right: <path d="M3 8h10M9.2 4.2 13 8l-3.8 3.8" />,
  ring: <circle cx="8" cy="8" r="4.6" strokeDasharray="2.1 2" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="M10.2 10.2l3.4 3.4" />
    </>
  ),
  shield: (
    <path d="M8 1.9 13 3.8v4.1c0 3-2.1 5.1-5 6.2-2.9-1.1-5-3.2-5-6.2V3.8zM5.6 8l1.8 1.8 3.1-3.5" />
  ),
  skip: <path d="M3.8 4.2 9 8l-5.2 3.8zM12 4v8" />,
  stack: <path d="M8 2.3 13.8 5.3 8 8.3 2.2 5.3zM2.4 8.2 8 11.1l5.6-2.9M2.4 10.9 8 13.8l5.6-2.9" />,
  stuck: (
    <>
      <path
        d="M5.4 1.8h5.2l3.6 3.6v5.2l-3.6 3.6H5.4l-3.6-3.6V5.4z"
        fill="currentColor"
        stroke="none"
      />
      <path d="M8 4.8v3.8" stroke="var(--icon-cut,var(--surface))" strokeWidth="1.8" />
      <circle cx="8" cy="11.2" r="1" fill="var(--icon-cut,var(--surface))" stroke="none" />
    </>
  ),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M12.5 3.5l-.8.8M4.3 11.7l-.8.8" />
    </>
  ),
  table: (
    <>
      <rect x="2.3" y="3" width="11.4" height="10" rx="1.2" />
      <path d="M2.3 6.4h11.4M6.4 6.4V13" />
    </>
  ),
  truck: (
    <>
      <path d="M1.8 3.8h7.4v7H1.8zM9.2 6.3h2.9l2.1 2.3v2.2H9.2" />
      <circle cx="4.6" cy="11.6" r="1.4" />
      <circle cx="11.6" cy="11.6" r="1.4" />
    </>
  ),
  undo: <path d="M3.5 6.2h6.2a3.1 3.1 0 0 1 0 6.3H6.5M6.3 3.4 3.5 6.2 6.3 9" />,
  up: <path d="M8 13V3M4.2 6.8 8 3l3.8 3.8" />,
  cross: <path d="M4.5 4.5l7 7M11.5 4.5l-7 7" />,
  bolt: <path d="M9 1.8 3.8 9h3.7L7 14.2 12.2 7H8.5z" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof glyphs;
