import type { ReactNode } from 'react';
import type { SagaEvent } from '@/lib/trpc.ts';
import type { ShownSaga } from './as-of/use-shown-saga.ts';
import { GraphCard } from './graph-card.tsx';
import { LedgerCard } from './ledger-card.tsx';
import { LogCard } from './log-card.tsx';
import type { Selection } from './selection.ts';
import { SequenceCard } from './sequence/sequence-card.tsx';
import type { Tab } from './tabs.tsx';
import { TimelineCard } from './timeline-card.tsx';

interface PanesProps extends ShownSaga {
  readonly tab: Tab;
  readonly past: SagaEvent | undefined;
  readonly selection: Selection;
  readonly logError: { message: string; data?: unknown } | null;
  readonly side: ReactNode;
}

/** The story shows all but the sequence; every other tab one pane alone, with the same side panel. */
export function Panes({ tab, past, logError, side, ...shown }: PanesProps) {
  const { saga, selection } = shown;
  const on = (...tabs: readonly Tab[]) => tabs.includes(tab);
  return (
    <>
      {on('story') && <GraphCard {...shown} />}
      <div className={on('story') ? 'two' : 'two alone'}>
        <div className="stackc">
          {on('sequence') && <SequenceCard {...shown} />}
          {on('story', 'timeline') && <TimelineCard {...shown} isPast={past !== undefined} />}
          {saga.orderId && on('story', 'ledger') && <LedgerCard {...shown} asOf={past} />}
          {on('story', 'log') && (
            <LogCard
              saga={saga}
              events={shown.events}
              attempts={shown.attempts}
              selection={selection}
              error={logError}
              isWhole={on('log')}
            />
          )}
        </div>
        <div className="stackc">{side}</div>
      </div>
    </>
  );
}
