'use client';

import './palette.css';
import type { ComponentProps, ReactNode } from 'react';
import { Dialog } from '@/ui/dialog.tsx';
import { Icon } from '@/ui/icon.tsx';

interface PaletteFrameProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
  /** What the field says of the list below it. */
  readonly field?: ComponentProps<'input'>;
  readonly children?: ReactNode;
}

/** The dialog and its field, which take what is typed while the rest is on its way. */
export function PaletteFrame({ text, onText, onClose, field, children }: PaletteFrameProps) {
  return (
    <Dialog className="palette" label="Find and do" onClose={onClose}>
      <div className="pal-field">
        <Icon name="search" />
        <input
          aria-label="Find a saga, page or action"
          placeholder="Saga, order, customer, page or action"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
          {...field}
        />
        <button type="button" className="btn sm ghost" onClick={onClose}>
          Close
        </button>
      </div>
      {children}
    </Dialog>
  );
}
