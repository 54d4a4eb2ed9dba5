'use client';

import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { Failure } from '@/ui/states.tsx';
import { EntryList } from './entry-list.tsx';
import { PaletteFrame } from './palette-frame.tsx';
import { useEntries } from './use-entries.ts';

interface PaletteProps {
  readonly text: string;
  /** Enter was pressed before it was here: what is found first is meant. */
  readonly isEntered: boolean;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
  readonly onSheet: () => void;
}

/** Finds a saga, goes to a page, acts: all by typing. The focus stays in the field, arrows choose. */
export function Palette({ text, isEntered, onText, onClose, onSheet }: PaletteProps) {
  const id = useId();
  const [chosen, setChosen] = useState<string>();
  const { entries, search } = useEntries(text, onSheet);
  const found = entries.findIndex((entry) => entry.id === chosen);
  const at = Math.max(0, found);
  const current = entries[at];

  function run(index: number) {
    const entry = entries[index];
    if (!entry || entry.refusal !== undefined) return;
    onClose();
    entry.run();
  }

  const isFound = current !== undefined;
  const runFirst = useEffectEvent(() => run(at));
  useEffect(() => {
    if (isEntered && isFound) runFirst();
  }, [isEntered, isFound]);

  function press(event: KeyboardEvent) {
    // Enter and the arrows belong to an input method while it composes.
    if (event.nativeEvent.isComposing) return;
    const { length } = entries;
    if (event.key === 'ArrowDown') setChosen(entries[(at + 1) % length]?.id);
    else if (event.key === 'ArrowUp') setChosen(entries[(at + length - 1) % length]?.id);
    else if (event.key === 'Enter') run(at);
    else return;
    event.preventDefault();
  }

  return (
    <PaletteFrame
      text={text}
      onText={(next) => {
        onText(next);
        setChosen(undefined);
      }}
      onClose={onClose}
      field={{
        role: 'combobox',
        'aria-expanded': entries.length > 0,
        'aria-controls': `${id}-list`,
        'aria-autocomplete': 'list',
        ...(current && { 'aria-activedescendant': `${id}-${at}` }),
        onKeyDown: press,
      }}
    >
      <EntryList id={id} entries={entries} at={at} onChoose={setChosen} onRun={run} />
      {search.error && <Failure error={search.error} retry={search.retry} />}
      <p className="pal-says" role="status">
        {says(search, text.trim(), entries.length)}
      </p>
    </PaletteFrame>
  );
}

interface Search {
  readonly problem: string | undefined;
  readonly isWanted: boolean;
  readonly isSearching: boolean;
}

function says({ problem, isWanted, isSearching }: Search, text: string, found: number): string {
  if (problem) return `${problem} Nothing can match.`;
  if (isSearching) return 'Searching the sagas…';
  if (found > 0) return '';
  return isWanted
    ? `No page, action or saga matches “${text}”. Sagas are found by id, order and customer.`
    : 'No page or action begins so. From two characters on, sagas are searched too.';
}
