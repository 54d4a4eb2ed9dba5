'use client';

import './saga-header.css';
import './gone.css';
import { FrozenTime } from '@/lib/time/now.ts';
import { AsOf, Failure, Skeleton } from '@/ui/states.tsx';
import { PastBanner } from './as-of/past-banner.tsx';
import { Scrubber } from './as-of/scrubber.tsx';
import { useShownSaga } from './as-of/use-shown-saga.ts';
import { Facts } from './facts.tsx';
import { GoneBanner, isGone, NoSaga } from './gone.tsx';
import { Panes } from './panes.tsx';
import { SagaHeader } from './saga-header.tsx';
import { useSelection } from './selection.ts';
import { Sentence } from './sentence.tsx';
import { SidePanel } from './side-panel.tsx';
import { StallBanner } from './stall-banner.tsx';
import { Tabs, useTab } from './tabs.tsx';
import { useSaga } from './use-saga.ts';
import { WaitingBanner } from './waiting-banner.tsx';

export function SagaPage({ sagaId }: { sagaId: string }) {
  const present = useSaga(sagaId);
  const { saga, log } = present;
  const { moment, shown } = useShownSaga(saga.data, present.events, present.attempts);
  const selection = useSelection(shown?.attempts ?? []);
  const tab = useTab();

  if (!saga.data || !shown) {
    return (
      <div className="saga-page">
        {saga.error ? (
          <NoSaga error={saga.error} retry={() => void saga.refetch()} />
        ) : (
          <>
            <h1 className="vh">Saga</h1>
            <section className="card">
              <Skeleton rows={14} height={44} />
            </section>
          </>
        )}
      </div>
    );
  }
  const past = moment.event;
  const isAway = isGone(saga.error);
  return (
    <div className="saga-page">
      <FrozenTime value={past && Date.parse(past.at)}>
        <SagaHeader saga={shown.saga} exported={{ saga: saga.data, events: present.events }} />
        <AsOf />
        {saga.error && isAway && <GoneBanner saga={saga.data} error={saga.error} />}
        {saga.error && !isAway && <Failure error={saga.error} retry={() => void saga.refetch()} />}
        {past && <PastBanner saga={saga.data} event={past} goTo={moment.goTo} />}
        {!past && <WaitingBanner saga={saga.data} />}
        <StallBanner saga={shown.saga} />
        <Sentence {...shown} />
        <Facts saga={shown.saga} attempts={shown.attempts} isPast={past !== undefined} />
        <Tabs tab={tab} events={shown.events.length} hasLedger={saga.data.orderId !== null} />
        <Scrubber saga={saga.data} events={present.events} moment={moment} />
        <Panes
          tab={tab}
          {...shown}
          past={past}
          selection={selection}
          logError={isAway ? null : log.error}
          side={
            <SidePanel
              present={saga.data}
              presentEvents={present.events}
              shown={shown}
              past={past}
              isAway={isAway}
              selection={selection}
              tab={tab}
            />
          }
        />
      </FrozenTime>
    </div>
  );
}
