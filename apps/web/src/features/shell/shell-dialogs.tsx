'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useShortcuts } from '@/lib/shortcuts/use-shortcuts.ts';
import { Palette } from './palette/palette.tsx';
import { ShortcutsSheet } from './shortcuts/shortcuts-sheet.tsx';

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
      {open === 'palette' && <Palette onClose={close} onSheet={openSheet} />}
      {open === 'shortcuts' && <ShortcutsSheet onClose={close} />}
    </Context>
  );
}
