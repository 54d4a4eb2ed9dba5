import type { ShortcutId } from '@/lib/shortcuts/shortcuts.ts';
import type { IconName } from '@/ui/icon.tsx';

export const groups = ['Go to', 'Do', 'Break', 'Look'] as const;

export interface Command {
  readonly id: string;
  readonly group: (typeof groups)[number];
  readonly icon: IconName;
  readonly word: string;
  readonly note?: string;
  /** Other words that people look for it by. */
  readonly also?: string;
  readonly shortcut?: ShortcutId;
  /** Why it cannot be done now; it keeps its place and says so. */
  readonly refusal?: string | undefined;
  readonly run: () => void;
}

/** Those in which each typed word begins a word; all of them while nothing is typed. */
export function findCommands(commands: readonly Command[], text: string): readonly Command[] {
  const typed = wordsOf(text);
  return commands.filter(({ group, word, note = '', also = '' }) => {
    const words = wordsOf(`${group} ${word} ${note} ${also}`);
    return typed.every((part) => words.some((each) => each.startsWith(part)));
  });
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[\s,.:]+/)
    .filter(Boolean);
