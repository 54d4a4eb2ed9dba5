'use client';

import { Icon } from '@/ui/icon.tsx';
import { Keys } from '@/ui/keys.tsx';
import { useShellDialogs } from './shell-dialogs.tsx';

/** Looks like the field that it opens; on small screens a button with a glass. */
export function Find() {
  const { openPalette } = useShellDialogs();
  return (
    <button type="button" className="find" aria-haspopup="dialog" onClick={openPalette}>
      <Icon name="search" />
      <span>Find a saga, order, command</span>
      <span className="d-only find-keys" aria-hidden="true">
        <Keys of="palette" />
      </span>
    </button>
  );
}
