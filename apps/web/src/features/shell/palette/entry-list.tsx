'use client';

import { useEffect, useRef } from 'react';
import type { Entry } from './entries.tsx';

interface EntryListProps {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly at: number;
  readonly onChoose: (id: string) => void;
  readonly onRun: (index: number) => void;
}

/** Under a heading each; the chosen one stays in sight. */
export function EntryList({ id, entries, at, onChoose, onRun }: EntryListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, entries.length]);

  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    // The focus stays in the field, whose keys move through this list.
    <div ref={list} id={`${id}-list`} className="pal-list" role="listbox" aria-label="Found">
      {groups.map((group) => (
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <p id={`${id}-${group}`} className="pal-group" role="presentation">
            {group}
          </p>
          {entries.map(
            (entry, index) =>
              entry.group === group && (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the keys
                <div
                  key={entry.id}
                  id={`${id}-${index}`}
                  role="option"
                  className="pal-entry"
                  aria-selected={index === at}
                  aria-disabled={entry.refusal !== undefined}
                  onPointerMove={() => onChoose(entry.id)}
                  onClick={() => onRun(index)}
                >
                  {entry.content}
                </div>
              ),
          )}
        </div>
      ))}
    </div>
  );
}
