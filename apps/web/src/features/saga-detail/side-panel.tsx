import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { FrozenTime } from '@/lib/time/now.ts';
import { ActionsCard } from './actions-card.tsx';
import type { ShownSaga } from './as-of/use-shown-saga.ts';
import { AttemptPanel } from './attempt-panel.tsx';
import type { Selection } from './selection.ts';
import { SignalCards } from './signal-cards.tsx';

interface SidePanelProps {
  readonly present: Saga;
  readonly presentEvents: readonly SagaEvent[];
  readonly shown: ShownSaga;
  readonly past: SagaEvent | undefined;
  readonly isAway: boolean;
  readonly selection: Selection;
  /** A single pane is about its messages and attempts; the story is about what to do next. */
  readonly isAttemptFirst: boolean;
}

/** What a person can do, always of the present; and the attempt that all panes have chosen. */
export function SidePanel(props: SidePanelProps) {
  const { present, presentEvents, shown, past, isAway, selection, isAttemptFirst } = props;
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
