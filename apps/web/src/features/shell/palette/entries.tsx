import type { ReactNode } from 'react';
import { readOrder } from '@/lib/order-input.ts';
import type { SagaRow } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { ShortId } from '@/ui/id.tsx';
import { Keys } from '@/ui/keys.tsx';
import { SagaMark } from '@/ui/status-mark.tsx';
import { Strip } from '@/ui/strip.tsx';
import { type Command, groups } from './command.ts';

/** One line of the palette. */
export interface Entry {
  readonly id: string;
  readonly group: string;
  readonly refusal?: string | undefined;
  readonly content: ReactNode;
  readonly run: () => void;
}

export function commandEntries(commands: readonly Command[]): readonly Entry[] {
  return groups.flatMap((group) =>
    commands
      .filter((command) => command.group === group)
      .map((command) => ({
        id: command.id,
        group,
        refusal: command.refusal,
        content: <CommandLine command={command} />,
        run: command.run,
      })),
  );
}

function CommandLine({ command }: { command: Command }) {
  const { icon, word, note, refusal, shortcut } = command;
  return (
    <>
      <Icon name={icon} />
      <span className="word">{word}</span>
      <span className="mute note-of">{refusal ?? note}</span>
      {shortcut && (
        <span className="pal-keys">
          <Keys of={shortcut} />
        </span>
      )}
    </>
  );
}

export function sagaEntries(
  rows: readonly SagaRow[],
  go: (href: string) => void,
): readonly Entry[] {
  return rows.map((saga) => ({
    id: `saga ${saga.id}`,
    group: 'Sagas',
    content: <SagaLine saga={saga} />,
    run: () => go(`/sagas/${saga.id}`),
  }));
}

function SagaLine({ saga }: { saga: SagaRow }) {
  const order = readOrder(saga.input);
  return (
    <>
      <span className="pal-status">
        <SagaMark saga={saga} />
      </span>
      <ShortId id={saga.id} prefix="saga_" />
      <span className="mute note-of">
        {order?.customerId ?? saga.subject ?? saga.businessKey ?? saga.definition}
      </span>
      <span className="pal-strip">
        <Strip saga={saga} />
      </span>
    </>
  );
}

/** Leads to the list, which shows all that match. */
export function listEntry(text: string, go: (href: string) => void): Entry {
  return {
    id: 'list',
    group: 'Sagas',
    content: (
      <>
        <Icon name="search" />
        <span className="word">All sagas that match “{text}”</span>
      </>
    ),
    run: () => go(`/sagas?tab=all&search=${encodeURIComponent(text)}`),
  };
}
