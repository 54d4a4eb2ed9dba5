'use client';

import { usePathname } from 'next/navigation';
import { ShortId } from '@/ui/id.tsx';
import { Brand } from './brand.tsx';
import { Find } from './find.tsx';
import { LivePill } from './live-pill.tsx';
import { crumbsOf } from './places.ts';
import { ThemeButton } from './theme-button.tsx';
import { TimesSwitch } from './times-switch.tsx';

export function TopBar() {
  const crumbs = crumbsOf(usePathname());
  return (
    <header className="top">
      <Brand small />
      <ol className="crumbs">
        {crumbs.map((crumb, index) => (
          <li key={crumb} {...(index === crumbs.length - 1 && { 'aria-current': 'page' as const })}>
            {crumb.length > 30 ? <ShortId id={crumb} prefix="" /> : crumb}
          </li>
        ))}
      </ol>
      <div className="tools">
        <Find />
        <TimesSwitch />
        <LivePill />
        <ThemeButton />
      </div>
    </header>
  );
}
