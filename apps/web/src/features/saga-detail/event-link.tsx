'use client';

import Link from 'next/link';
import { useUrlState } from '@/lib/url-state.ts';
import { useTab } from './tabs.tsx';

/** To an event in the log: on this page where the log is shown, else on the log's own tab. */
export function EventLink({ seq, children }: { seq: number; children?: string }) {
  const tab = useTab();
  const { hrefWith } = useUrlState();
  const text = children ?? `#${seq}`;
  if (tab === 'story' || tab === 'log') {
    return (
      <a className="lk" href={`#event-${seq}`}>
        {text}
      </a>
    );
  }
  return (
    <Link className="lk" href={`${hrefWith({ tab: 'log' })}#event-${seq}`}>
      {text}
    </Link>
  );
}
