'use client';

import './actions.css';
import { useState } from 'react';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { isFinished } from '@/ui/status.ts';
import { ActionForm } from './action-form.tsx';
import { type ActionName, actionText } from './action-words.ts';
import { PlaceAgain } from './place-again.tsx';

/** What a person may do now. What is not possible keeps its place and says why. */
interface ActionsCardProps {
  readonly saga: Saga;
  readonly events: readonly SagaEvent[];
  /** The event that the other panes show the saga as of. */
  readonly past: SagaEvent | undefined;
}

export function ActionsCard({ saga, events, past }: ActionsCardProps) {
  const [open, setOpen] = useState<ActionName>();
  const { shown, barred } = sorted(saga);
  return (
    <Card title="What you can do" className="acts-card">
      {past && (
        <p className="acts-now">
          <Icon name="clock" />
          <span>
            Of the saga as it is now, at #{saga.seq}, not of the moment at #{past.seq} that you look
            at.
          </span>
        </p>
      )}
      <ul className="acts">
        {isFinished(saga.status) && <PlaceAgain saga={saga} />}
        {shown.map(({ action, disabledBecause }) => {
          const { icon, title, note } = actionText(action, saga);
          const isOpen = open === action && disabledBecause === undefined;
          return (
            <li key={action} className={isOpen ? 'open' : ''}>
              <button
                type="button"
                className="o"
                aria-expanded={isOpen}
                data-action={action}
                {...(disabledBecause !== undefined && { 'aria-disabled': true })}
                onClick={() =>
                  disabledBecause === undefined && setOpen(isOpen ? undefined : action)
                }
              >
                <Icon name={icon} />
                <b>{title}</b>
                <small>{disabledBecause ?? note}</small>
              </button>
              {isOpen && (
                <ActionForm
                  saga={saga}
                  events={events}
                  action={action}
                  onClose={() => setOpen(undefined)}
                />
              )}
            </li>
          );
        })}
        {barred && (
          <li className="barred" data-action={barred.actions.join(' ')}>
            <Icon name="person" />
            <b>Skip, settle, give up, end it by hand</b>
            <small>{barred.because}</small>
          </li>
        )}
      </ul>
    </Card>
  );
}

type Action = Saga['actions'][number];

const byHand = new Set<ActionName>(['skip', 'settle', 'compensate', 'resolve']);

/**
 * A finished saga allows no act; two are enough to say so. Elsewhere the acts on a stuck saga that are
 * barred for one and the same reason say it once.
 */
function sorted({ status, actions }: Saga): {
  shown: readonly Action[];
  barred?: { readonly actions: readonly ActionName[]; readonly because: string };
} {
  if (isFinished(status)) {
    return { shown: actions.filter(({ action }) => action === 'retry' || action === 'cancel') };
  }
  const manual = actions.filter(({ action }) => byHand.has(action));
  const [because, ...others] = new Set(manual.map(({ disabledBecause }) => disabledBecause));
  if (because === undefined || others.length > 0) return { shown: actions };
  return {
    shown: actions.filter(({ action }) => !byHand.has(action)),
    barred: { actions: manual.map(({ action }) => action), because },
  };
}
