import type { IconName } from '@/ui/icon.tsx';

export interface Place {
  readonly href: string;
  readonly word: string;
  readonly icon: IconName;
}

/** Only pages that exist are listed. */
export const mainPlaces: readonly Place[] = [
  { href: '/', word: 'Overview', icon: 'home' },
  { href: '/sagas', word: 'Sagas', icon: 'list' },
  { href: '/failures', word: 'Failures', icon: 'bolt' },
  { href: '/launch', word: 'Launch', icon: 'stack' },
  { href: '/compare', word: 'Compare', icon: 'columns' },
];

export const morePlaces: readonly Place[] = [
  { href: '/flow', word: 'Flow', icon: 'flow' },
  { href: '/audit', word: 'Audit', icon: 'shield' },
  { href: '/workers', word: 'Workers', icon: 'cpu' },
  { href: '/metrics', word: 'Metrics', icon: 'chart' },
];

export function isAt(pathname: string, href: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}

const others: Readonly<Record<string, string>> = {
  '/orders/new': 'Place an order',
  '/login': 'Sign in',
};

/** Words from the root to a page, for the top bar. */
export function crumbsOf(pathname: string): readonly string[] {
  const place = [...mainPlaces, ...morePlaces].find(({ href }) => isAt(pathname, href));
  if (!place) return [others[pathname] ?? 'Not found'];
  return pathname === place.href ? [place.word] : [place.word, pathname.split('/').at(-1) ?? ''];
}
