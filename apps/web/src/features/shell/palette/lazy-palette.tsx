'use client';

import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { PaletteFrame } from './palette-frame.tsx';

export const loadPalette = () =>
  import('./palette.tsx').then(({ Palette }) => ({ default: Palette }));
const Palette = lazy(loadPalette);

interface LazyPaletteProps {
  readonly onClose: () => void;
  readonly onSheet: () => void;
}

/** Opened before the palette is here, its field takes what is typed meanwhile, Enter too. */
export function LazyPalette({ onClose, onSheet }: LazyPaletteProps) {
  const [text, setText] = useState('');
  const [isEntered, setEntered] = useState(false);
  const onText = (next: string) => {
    setText(next);
    setEntered(false);
  };
  const typed = { text, onText, onClose };
  const enter = ({ key, nativeEvent }: KeyboardEvent) => {
    if (key === 'Enter' && !nativeEvent.isComposing) setEntered(true);
  };
  return (
    <Suspense fallback={<PaletteFrame {...typed} field={{ onKeyDown: enter }} />}>
      <Palette {...typed} isEntered={isEntered} onSheet={onSheet} />
    </Suspense>
  );
}
