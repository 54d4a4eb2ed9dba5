'use client';

import './saga-header.css';
import { AsOf, Failure, Skeleton } from '@/ui/states.tsx';
import { ActionsCard } from './actions-card.tsx';
import { AttemptPanel } from './attempt-panel.tsx';
import { Facts } from './facts.tsx';
import { GraphCard } from './graph-card.tsx';
import { LedgerCard } from './ledger-card.tsx';
import { LogCard } from './log-card.tsx';
import { SagaHeader } from './saga-header.tsx';
import { useSelection } from './selection.ts';
import { Sentence } from './sentence.tsx';
import { SignalCards } from './signal-cards.tsx';
import { StallBanner } from './stall-banner.tsx';
import { TimelineCard } from './timeline-card.tsx';
import { useSaga } from './use-saga.ts';
import { WaitingBanner } from './waiting-banner.tsx';

export function SagaPage({ sagaId }: { sagaId: string }) {
  const { saga, events, attempts, log } = useSaga(sagaId);
  const selection = useSelection(attempts);
  const detail = saga.data;

  if (!detail) {
    return (
      <div className="saga-page">
        <h1 className="vh">Saga</h1>
        {saga.error ? (
          <Failure error={saga.error} retry={() => void saga.refetch()} />
        ) : (
          <section className="card">
            <Skeleton rows={14} height={44} />
          </section>
        )}
      </div>
    );
  }
  return (
    <div className="saga-page">
      <SagaHeader saga={detail} events={events} />
      <AsOf />
      {saga.error && <Failure error={saga.error} retry={() => void saga.refetch()} />}
      <WaitingBanner saga={detail} />
      <StallBanner saga={detail} />
      <Sentence saga={detail} events={events} attempts={attempts} />
      <Facts saga={detail} attempts={attempts} />
      <GraphCard saga={detail} events={events} attempts={attempts} selection={selection} />
      <div className="two">
        <div className="stackc">
          <TimelineCard saga={detail} events={events} attempts={attempts} selection={selection} />
          {detail.orderId && <LedgerCard saga={detail} attempts={attempts} />}
          <LogCard saga={detail} events={events} selection={selection} error={log.error} />
        </div>
        <div className="stackc">
          <SignalCards saga={detail} />
          <ActionsCard saga={detail} />
          {selection.selected && (
            <AttemptPanel
              saga={detail}
              attempts={attempts}
              attempt={selection.selected}
              selection={selection}
            />
          )}
        </div>
      </div>
    </div>
  );
}
