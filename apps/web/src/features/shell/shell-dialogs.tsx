'use client';

import { useRouter } from 'next/navigation';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useMemo,
  useState,
} from 'react';
import { useShortcuts } from '@/lib/shortcuts/use-shortcuts.ts';
import { useWhenIdle } from '@/lib/when-idle.ts';
import { Boundary } from '@/ui/boundary.tsx';
import { LazyPalette, loadPalette } from './palette/lazy-palette.tsx';
import { Unloadable } from './unloadable.tsx';

const loadSheet = () =>
  import('./shortcuts/shortcuts-sheet.tsx').then(({ ShortcutsSheet }) => ({
    default: ShortcutsSheet,
  }));
const ShortcutsSheet = lazy(loadSheet);

/** No part of a first paint, but here when somebody opens them. */
const loadDialogs = () => Promise.allSettled([loadPalette(), loadSheet()]);

interface ShellDialogs {
  readonly openPalette: () => void;
}

const Context = createContext<ShellDialogs>({ openPalette: () => undefined });

export const useShellDialogs = () => useContext(Context);

/** The palette and the list of shortcuts, from any page; and the keys that lead to them. */
export function ShellDialogsProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [open, setOpen] = useState<'palette' | 'shortcuts'>();
  const close = () => setOpen(undefined);
  const openPalette = () => setOpen('palette');
  const openSheet = () => setOpen('shortcuts');
  useWhenIdle(loadDialogs);
  useShortcuts('anywhere', {
    palette: openPalette,
    find: openPalette,
    sheet: openSheet,
    order: () => router.push('/orders/new'),
  });
  const dialogs = useMemo(() => ({ openPalette: () => setOpen('palette') }), []);
  return (
    <Context value={dialogs}>
      {children}
      {open !== undefined && (
        <Boundary fallback={<Unloadable onClose={close} />}>
          {open === 'palette' && <LazyPalette onClose={close} onSheet={openSheet} />}
          {open === 'shortcuts' && (
            <Suspense>
              <ShortcutsSheet onClose={close} />
            </Suspense>
          )}
        </Boundary>
      )}
    </Context>
  );
}
