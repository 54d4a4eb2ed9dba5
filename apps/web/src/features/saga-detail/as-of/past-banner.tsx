import { duration, millisBetween } from '@/lib/time/format.ts';
import type { Saga, SagaEvent } from '@/lib/trpc.ts';
import { Icon } from '@/ui/icon.tsx';
import { Moment } from '@/ui/moment.tsx';
import { isFinished, sagaLooks } from '@/ui/status.ts';
import type { AsOfMoment } from './use-as-of.ts';

interface PastBannerProps {
  /** As it is now. */
  readonly saga: Saga;
  readonly event: SagaEvent;
  readonly goTo: AsOfMoment['goTo'];
}

/** So that nobody takes the past for the present. */
export function PastBanner({ saga, event, goTo }: PastBannerProps) {
  const { word } = sagaLooks[saga.status];
  return (
    <p className="past-note" role="status">
      <Icon name="clock" />
      <span>
        <b>
          As of event #{event.seq}, {duration(millisBetween(saga.createdAt, event.at))} after the
          start
        </b>{' '}
        (<Moment at={event.at} />
        ). What came later is left out: the saga {isFinished(saga.status) ? 'is' : 'is now'}{' '}
        {word.toLowerCase()}, at #{saga.seq}.
      </span>
      <button type="button" className="btn sm" onClick={() => goTo(undefined)}>
        Back to the present
      </button>
    </p>
  );
}
