import type { ReactNode } from 'react';
import type { Theme } from '@/lib/prefs/theme.ts';
import { HatchPattern } from '@/ui/strip-cells.tsx';
import { FaultBar } from './fault-bar.tsx';
import { SideNavigation } from './side-navigation.tsx';
import { TabBar } from './tab-bar.tsx';
import { TopBar } from './top-bar.tsx';

export function Shell({ theme, children }: { theme: Theme; children: ReactNode }) {
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <HatchPattern />
      <div className="app">
        <SideNavigation />
        <div className="col">
          <TopBar theme={theme} />
          <FaultBar />
          <main id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
        <TabBar />
      </div>
    </>
  );
}
