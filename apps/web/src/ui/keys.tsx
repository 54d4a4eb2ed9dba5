'use client';

import { useSyncExternalStore } from 'react';
import { type ShortcutId, shortcuts } from '@/lib/shortcuts/shortcuts.ts';
import { Icon, type IconName } from './icon.tsx';

const arrows: Readonly<Record<string, IconName>> = {
  Left: 'left',
  Right: 'right',
  Up: 'up',
  Down: 'down',
};

/** The keys of a shortcut, drawn as on this machine's keyboard. */
export function Keys({ of }: { of: ShortcutId }) {
  const isMac = useIsMac();
  return (
    <>
      {shortcuts[of].keys.map((key) => (
        <kbd key={key}>
          {arrows[key] ? (
            <Icon name={arrows[key]} label={key} />
          ) : key === 'Mod' ? (
            modifier(isMac)
          ) : (
            key
          )}
        </kbd>
      ))}
    </>
  );
}

const modifier = (isMac: boolean) => (isMac ? '⌘' : 'Ctrl');

/** The server does not know; it draws what most have. */
function useIsMac(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}
