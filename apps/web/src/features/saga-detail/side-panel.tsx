import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { FrozenTime } from '@/lib/time/now.ts';
import { ActionsCard } from './actions-card.tsx';
import type { ShownSaga } from './as-of/use-shown-saga.ts';
import { AttemptPanel } from './attempt-panel.tsx';
import type { Selection } from './selection.ts';
import { EndsCard } from './sequence/ends-card.tsx';
import { FollowsCard } from './sequence/follows-card.tsx';
import { SignalCards } from './signal-cards.tsx';
import type { Tab } from './tabs.tsx';

interface SidePanelProps {
  readonly present: Saga;
  readonly presentEvents: readonly SagaEvent[];
  readonly shown: ShownSaga;
  readonly past: SagaEvent | undefined;
  readonly isAway: boolean;
  readonly selection: Selection;
  readonly tab: Tab;
}

/** What a person can do, always of the present; and the attempt that all panes have chosen. */
export function SidePanel(props: SidePanelProps) {
  const { present, presentEvents, shown, past, isAway, selection, tab } = props;
  const { saga } = shown;
  // A single pane is about its messages and attempts; the story is about what to do next.
  const isAttemptFirst = tab !== 'story';
  const attempt = selection.selected && (
    <AttemptPanel
      saga={shown.saga}
      attempts={shown.attempts}
      attempt={selection.selected}
      selection={selection}
    />
  );
  return (
    <>
      {isAttemptFirst && attempt}
      {tab === 'sequence' && saga.style === 'choreography' && (
        <FollowsCard saga={saga} attempts={shown.attempts} />
      )}
      {tab === 'sequence' && saga.orderId && <EndsCard saga={saga} asOf={past} />}
      {!isAway && (
        <FrozenTime value={undefined}>
          <SignalCards saga={present} />
          <ActionsCard saga={present} events={presentEvents} past={past} />
        </FrozenTime>
      )}
      {!isAttemptFirst && attempt}
    </>
  );
}
