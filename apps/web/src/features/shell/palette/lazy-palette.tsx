'use client';

import { lazy, Suspense, useState } from 'react';
import { PaletteFrame } from './palette-frame.tsx';

export const loadPalette = () =>
  import('./palette.tsx').then(({ Palette }) => ({ default: Palette }));
const Palette = lazy(loadPalette);

interface LazyPaletteProps {
  readonly onClose: () => void;
  readonly onSheet: () => void;
}

/** Opened before the palette is here, its field takes what is typed meanwhile. */
export function LazyPalette({ onClose, onSheet }: LazyPaletteProps) {
  const [text, setText] = useState('');
  const typed = { text, onText: setText, onClose };
  return (
    <Suspense fallback={<PaletteFrame {...typed} />}>
      <Palette {...typed} onSheet={onSheet} />
    </Suspense>
  );
}
