'use client';

import './actions.css';
import { useState } from 'react';
import type { Saga } from '@/lib/trpc.ts';
import { Card } from '@/ui/card.tsx';
import { Icon } from '@/ui/icon.tsx';
import { isFinished } from '@/ui/status.ts';
import { ActionForm } from './action-form.tsx';
import { type ActionName, actionText } from './action-words.ts';
import { PlaceAgain } from './place-again.tsx';

/** What a person may do now. What is not possible keeps its place and says why. */
export function ActionsCard({ saga }: { saga: Saga }) {
  const [open, setOpen] = useState<ActionName>();
  return (
    <Card title="What you can do" className="acts-card">
      <ul className="acts">
        {isFinished(saga.status) && <PlaceAgain saga={saga} />}
        {shownActions(saga).map(({ action, disabledBecause }) => {
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
                <ActionForm saga={saga} action={action} onClose={() => setOpen(undefined)} />
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** A finished saga allows none of them; two are enough to say so. */
function shownActions({ status, actions }: Saga): Saga['actions'] {
  if (!isFinished(status)) return actions;
  return actions.filter(({ action }) => action === 'retry' || action === 'cancel');
}
