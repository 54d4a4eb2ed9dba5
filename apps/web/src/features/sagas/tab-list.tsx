import Link from 'next/link';
import { type MouseEvent, useEffect, useRef } from 'react';
import { count } from '@/lib/format.ts';
import type { Counts } from '@/lib/trpc.ts';
import { countOf, type TabId, tabs } from './tabs.ts';
import type { Filter } from './use-filter.ts';

interface TabListProps {
  readonly filter: Filter;
  readonly counts: Counts | undefined;
}

/** Views of the list; links, since each has an address. */
export function TabList({ filter, counts }: TabListProps) {
  const current: TabId = filter.tab.id;
  const list = useRef<HTMLElement>(null);
  // On a phone most of them are out of sight.
  useEffect(() => {
    const chosen = list.current?.querySelector('[aria-current]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  const open = (event: MouseEvent, tab: TabId) => {
    // In place: a round trip for the page itself would come before the one for its rows.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    filter.change({ tab });
  };
  return (
    <nav ref={list} className="tabs" aria-label="Views">
      {tabs.map((tab) => {
        const number = countOf(tab, counts);
        if ('isRare' in tab && !number && tab.id !== current) return null;
        return (
          <Link
            key={tab.id}
            href={filter.hrefWith({ tab: tab.id })}
            className={'needsYou' in tab && number ? 'need' : ''}
            prefetch={false}
            onClick={(event) => open(event, tab.id)}
            {...(tab.id === current && { 'aria-current': 'page' as const })}
          >
            {tab.word}
            {/* Its room is there before it is known. */}
            <b>{number !== undefined && count(number)}</b>
          </Link>
        );
      })}
    </nav>
  );
}
