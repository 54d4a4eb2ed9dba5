'use client';

import './tabs.css';
import Link from 'next/link';
import { count } from '@/lib/format.ts';
import { useUrlState } from '@/lib/url-state.ts';

const tabs = ['story', 'timeline', 'log', 'sequence', 'ledger'] as const;
export type Tab = (typeof tabs)[number];

const names: Readonly<Record<Tab, string>> = {
  story: 'Story',
  timeline: 'Timeline',
  log: 'Log',
  sequence: 'Sequence',
  ledger: 'Ledger',
};

/** Any other word, `graph` among them, is the story: it begins with the graph. */
export function useTab(): Tab {
  const { params } = useUrlState();
  const asked = params.get('tab');
  return tabs.find((tab) => tab === asked) ?? 'story';
}

interface TabsProps {
  readonly tab: Tab;
  readonly events: number;
  readonly hasLedger: boolean;
}

/** Links, so that a view can be opened beside another one and gone back to. */
export function Tabs({ tab, events, hasLedger }: TabsProps) {
  const { hrefWith } = useUrlState();
  const shown = tabs.filter((each) => hasLedger || each !== 'ledger');
  return (
    <nav className="tabs" aria-label="Views of this saga">
      {shown.map((each) => (
        <Link
          key={each}
          href={hrefWith({ tab: each === 'story' ? undefined : each })}
          scroll={false}
          {...(each === tab && { 'aria-current': 'page' })}
        >
          {names[each]}
          {each === 'log' && <span className="n">{count(events)}</span>}
        </Link>
      ))}
    </nav>
  );
}
