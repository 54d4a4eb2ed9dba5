'use client';

import { type ReactNode, useLayoutEffect, useRef } from 'react';

interface DialogProps {
  readonly className: string;
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, closes on Esc, makes the page behind it
 * inert and gives the focus back where it was. A press on what is behind closes it too.
 */
export function Dialog({ className, label, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the element leaves the page: a dialog that is taken away while open keeps the focus.
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    shown.showModal();
    const press = ({ target }: PointerEvent) => {
      if (target === shown) shown.close();
    };
    shown.addEventListener('pointerdown', press);
    return () => {
      shown.removeEventListener('pointerdown', press);
      shown.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${className}`}
      aria-label={label}
      onClose={() => {
        if (!dialog.current?.open) onClose();
      }}
    >
      <div className="dialog-box">{children}</div>
    </dialog>
  );
}
