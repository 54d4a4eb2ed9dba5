'use client';

import Link from 'next/link';
import { count } from '@/lib/format.ts';
import type { Counts } from '@/lib/trpc.ts';
import { countOf, type TabId, tabs } from './tabs.ts';

interface TabListProps {
  readonly current: TabId;
  readonly counts: Counts | undefined;
  readonly hrefWith: (changes: { tab: string }) => string;
}

/** Views of the list; links, since each has an address. */
export function TabList({ current, counts, hrefWith }: TabListProps) {
  return (
    <nav className="tabs" aria-label="Views">
      {tabs.map((tab) => {
        const number = countOf(tab, counts);
        return (
          <Link
            key={tab.id}
            href={hrefWith({ tab: tab.id })}
            className={tab.id === 'stuck' && number ? 'need' : ''}
            scroll={false}
            replace
            {...(tab.id === current && { 'aria-current': 'page' as const })}
          >
            {tab.word}
            {number !== undefined && <b>{count(number)}</b>}
          </Link>
        );
      })}
    </nav>
  );
}
