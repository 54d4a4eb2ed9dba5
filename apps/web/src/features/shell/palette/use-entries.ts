'use client';

import { useRouter } from 'next/navigation';
import { findCommands } from './command.ts';
import { commandEntries, type Entry, listEntry, sagaEntries } from './entries.tsx';
import { useCommands } from './use-commands.ts';
import { useFoundSagas } from './use-found-sagas.ts';

/** What the typed text finds: commands first, they are here already, then sagas. */
export function useEntries(text: string, openSheet: () => void) {
  const router = useRouter();
  const commands = useCommands(openSheet);
  const { rows, ...search } = useFoundSagas(text);
  const go = (href: string) => router.push(href);
  const entries: readonly Entry[] = [
    ...commandEntries(search.problem ? [] : findCommands(commands, text)),
    ...sagaEntries(rows, go),
    ...(rows.length > 0 ? [listEntry(text.trim(), go)] : []),
  ];
  return { entries, search };
}
