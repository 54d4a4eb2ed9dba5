import type { ReactNode } from 'react';
import { HatchPattern } from '@/ui/strip-cells.tsx';
import { FaultBar } from './fault-bar.tsx';
import { PageBody } from './page-body.tsx';
import { ShellDialogsProvider } from './shell-dialogs.tsx';
import { SideNavigation } from './side-navigation.tsx';
import { TabBar } from './tab-bar.tsx';
import { TopBar } from './top-bar.tsx';

export function Shell({ children }: { children: ReactNode }) {
  return (
    <ShellDialogsProvider>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <HatchPattern />
      <div className="app">
        <SideNavigation />
        <div className="col">
          <TopBar />
          <FaultBar />
          <PageBody>{children}</PageBody>
        </div>
        <TabBar />
      </div>
    </ShellDialogsProvider>
  );
}
